import { execFileSync } from 'node:child_process';
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

/** The processes of esbuild that this process started. Test files share it, except those that load esbuild anew. */
function esbuildProcesses(): number[] {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return processes
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, program]) => parent === String(process.pid) && program?.includes('esbuild'))
    .map(([pid]) => Number(pid));
}

it('bundles again after the process of esbuild has ended, as when a terminal is closed', async () => {
  const bundle = () => bundleFunctions({ projectRoot, sourceFolder: 'functions', outputFolder });
  await bundle();
  const processes = esbuildProcesses();
  expect(processes).not.toEqual([]);
  for (const pid of processes) process.kill(pid, 'SIGHUP');
  for (let time = 0; time < 3; time++) expect((await bundle()).failures).toEqual([]);
});
