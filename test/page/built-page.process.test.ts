import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const projectRoot = path.join(__dirname, '..', '..');
/** As the build made it before the tests. */
const outdir = path.join(projectRoot, 'dist', 'assets');
const built = (file: string) => readFileSync(path.join(outdir, file), 'utf8');

it('is what the pages need and nothing else', () => {
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(outdir, path.join(entry.parentPath, entry.name)));
  expect(files.sort()).toEqual([
    ...['agent.css', 'agent.html', 'agent.js', 'assets/index.html', 'hold-music.wav'],
    ...['lifecycle.css', 'lifecycle.js', 'lifecycle.svg'],
  ]);
});

// Of the agent page, Twilio's SDK alone has 138 kB.
it.each([
  ['lifecycle.js', 60],
  ['agent.js', 180],
])('is small: %s has at most %i kB of script when compressed', (file, kilobytes) => {
  expect(gzipSync(built(file)).length).toBeLessThanOrEqual(kilobytes * 1024);
});

/** The sources of each directive in the policy of a page. */
function policyIn(html: string): Record<string, string[]> {
  const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? '';
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

// https://www.twilio.com/docs/global-infrastructure/understanding-twilio-regions
const regions = ['us1', 'us2', 'ie1', 'au1', 'br1', 'de1', 'jp1', 'sg1'];
const bridgeHosts = ['event-bridge', ...regions.map((region) => `event-bridge.${region}`)];
const eventBridges = [
  ...bridgeHosts.flatMap((host) => [`https://${host}.twilio.com`, `wss://${host}.twilio.com`]),
  ...['127.0.0.1', 'localhost'].flatMap((host) => [`http://${host}:*`, `ws://${host}:*`]),
];

describe.each([
  ['assets/index.html', 'lifecycle.css', []],
  ['agent.html', 'agent.css', eventBridges],
])('%s', (page, styles, servers) => {
  it('loads its own files only and has no inline script or style, so that its strict policy can hold', () => {
    const html = built(page);
    expect(policyIn(html)).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'"],
      'connect-src': ["'self'", ...servers],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ["'none'"],
    });
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\/)/);
    for (const [, target] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(target).toMatch(/^\/(?!\/)/);
    expect(built(styles)).not.toMatch(/url\(|@import/);
  });
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
