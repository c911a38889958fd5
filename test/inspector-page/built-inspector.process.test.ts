import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** As the build made it before the tests. */
const outdir = path.join(__dirname, '..', '..', 'dist', 'inspector');
const built = (file: string) => readFileSync(path.join(outdir, file), 'utf8');

it('is what the page needs and nothing else', () => {
  expect(readdirSync(outdir).sort()).toEqual([
    'index.html',
    'inspector.css',
    'inspector.js',
    'inspector.svg',
  ]);
});

it('is small: at most 60 kB of script when compressed', () => {
  expect(gzipSync(built('inspector.js')).length).toBeLessThanOrEqual(60 * 1024);
});

it('loads its own files only and has no inline script or style, so that its strict policy can hold', () => {
  const html = built('index.html');
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\/)/);
  for (const [, target] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(target).toMatch(/^\/(?!\/)/);
  expect(built('inspector.css')).not.toMatch(/url\(|@import/);
  expect(built('inspector.js')).not.toMatch(/\beval\(|new Function|innerHTML\s*=\s*[^=]*location/);
});
