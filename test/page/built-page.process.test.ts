import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const projectRoot = path.join(__dirname, '..', '..');
/** As the build made it before the tests. */
const outdir = path.join(projectRoot, 'dist', 'assets');
const built = (file: string) => readFileSync(path.join(outdir, file), 'utf8');

it('is what the page needs and nothing else', () => {
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(outdir, path.join(entry.parentPath, entry.name)));
  expect(files.sort()).toEqual(['assets/index.html', 'lifecycle.css', 'lifecycle.js', 'lifecycle.svg']);
});

it('is small: at most 60 kB of script when compressed', () => {
  expect(gzipSync(built('lifecycle.js')).length).toBeLessThanOrEqual(60 * 1024);
});

it('loads its own files only and has no inline script or style, so that its strict policy can hold', () => {
  const html = built('assets/index.html');
  const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
    ]),
  );
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\/)/);
  for (const [, target] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(target).toMatch(/^\/(?!\/)/);
  expect(built('lifecycle.css')).not.toMatch(/url\(|@import/);
});

describe('contrast', () => {
  const [light = '', dark = ''] = readFileSync(
    path.join(projectRoot, 'assets/design/tokens.css'),
    'utf8',
  ).split('@media (prefers-color-scheme: dark)');

  it.each([
    ['light', light],
    ['dark', dark],
  ])('is enough to read by in the %s scheme', (_scheme, css) => {
    const color = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css)?.[1] ?? '';
    // https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast
    const poor = (least: number, one: string, ...grounds: string[]) =>
      grounds
        .map((ground) => ({ one, ground, ratio: contrast(color(one), color(ground)) }))
        .filter(({ ratio }) => !(ratio >= least));
    expect([
      ...poor(4.5, 'ink', 'ground', 'panel', 'sunken', 'tint', 'waiting-tint', 'error-tint'),
      ...poor(4.5, 'faint', 'ground', 'panel', 'sunken'),
      ...poor(4.5, 'accent', 'ground', 'panel', 'sunken', 'tint'),
      ...poor(4.5, 'waiting', 'panel', 'waiting-tint'),
      ...poor(4.5, 'error', 'ground', 'panel', 'error-tint'),
      ...poor(4.5, 'on-accent', 'accent'),
      ...poor(3, 'edge', 'ground', 'panel'),
    ]).toEqual([]);
  });
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
