import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleFunctions } from '../../src/host/build/bundle-functions';
import { readRoutes } from '../../src/host/build/read-routes';

const projectRoot = mkdtempSync(path.join(tmpdir(), 'bundles-'));
const outputFolder = 'dist/functions';
const names = Array.from({ length: 12 }, (_, number) => `step-${number}`);

beforeAll(() => {
  for (const folder of ['functions', 'dist/assets', outputFolder])
    mkdirSync(path.join(projectRoot, folder), { recursive: true });
  writeFileSync(path.join(projectRoot, 'package.json'), '{}');
  for (const name of names)
    writeFileSync(
      path.join(projectRoot, 'functions', `${name}.ts`),
      'export const handler = (_context: unknown, _event: unknown, callback: (error: null) => void) => callback(null);',
    );
});
afterAll(() => rmSync(projectRoot, { recursive: true }));

it('lets hosts of the same project bundle and list its Functions at the same time', async () => {
  const start = async () => {
    const report = await bundleFunctions({ projectRoot, sourceFolder: 'functions', outputFolder });
    expect(report.failures).toEqual([]);
    const folders = { projectRoot, functionsFolder: outputFolder, assetsFolder: 'dist/assets' };
    await readRoutes(folders, report);
  };
  await Promise.all(Array.from({ length: 12 }, start));
  expect(
    readdirSync(path.join(projectRoot, outputFolder)).filter((file) => file.endsWith('.js')),
  ).toHaveLength(names.length);
  expect(readdirSync(path.join(projectRoot, 'dist')).sort()).toEqual(['assets', 'functions']);
});
