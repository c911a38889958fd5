import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..');

/**
 * The modules that each module (a folder or a file) may import, besides itself and `src/common`. The engine imports only
 * the model. Functions, steps, and workspace never import the local TaskRouter, so that the same code works against
 * Twilio's. Only the command imports the composition root.
 */
const mayImport: Record<string, readonly string[]> = {
  'src/common': [],
  'src/taskrouter/model': [],
  'src/language': [],
  'src/lint': ['src/language'],
  'src/doctor': [],
  'src/taskrouter/engine': ['src/taskrouter/model', 'src/language', 'src/lint'],
  'src/taskrouter/store': ['src/taskrouter/model'],
  'src/taskrouter/statistics': ['src/taskrouter/model', 'src/taskrouter/engine', 'src/taskrouter/store'],
  'src/taskrouter/taskrouter.ts': [
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/store',
    'src/system',
  ],
  'src/taskrouter/egress': [],
  'src/taskrouter/webhooks': [
    'src/taskrouter/egress',
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/store',
    'src/taskrouter/taskrouter.ts',
    'src/system',
  ],
  'src/taskrouter/voice': [
    'src/taskrouter/model',
    'src/taskrouter/webhooks',
    'src/taskrouter/store',
    'src/taskrouter/taskrouter.ts',
    'src/system',
  ],
  'src/taskrouter/inspector': ['src/lint', 'src/taskrouter/model', 'src/taskrouter/webhooks', 'src/system'],
  'src/taskrouter/snapshot': [
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/store',
    'src/taskrouter/taskrouter.ts',
    'src/taskrouter/inspector',
    'src/system',
  ],
  'src/taskrouter/http': [
    'src/language',
    'src/taskrouter/voice',
    'src/taskrouter/snapshot',
    'src/taskrouter/store',
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/taskrouter.ts',
    'src/taskrouter/inspector',
    'src/taskrouter/webhooks',
    'src/system',
  ],
  'src/taskrouter/api': [
    'src/taskrouter/http',
    'src/taskrouter/model',
    'src/language',
    'src/taskrouter/engine',
    'src/taskrouter/store',
    'src/taskrouter/taskrouter.ts',
    'src/taskrouter/statistics',
    'src/taskrouter/voice',
  ],
  'src/taskrouter/event-bridge': [
    'src/taskrouter/http',
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/taskrouter.ts',
    'src/system',
  ],
  'src/taskrouter/explain': ['src/taskrouter/model', 'src/taskrouter/engine', 'src/language'],
  'src/taskrouter/condition': [
    'src/doctor',
    'src/taskrouter/explain',
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/inspector',
    'src/taskrouter/webhooks',
  ],
  'src/taskrouter/control': [
    'src/doctor',
    'src/taskrouter/voice',
    'src/taskrouter/condition',
    'src/taskrouter/snapshot',
    'src/taskrouter/explain',
    'src/taskrouter/http',
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/taskrouter.ts',
    'src/taskrouter/inspector',
    'src/taskrouter/webhooks',
    'src/system',
  ],
  'src/taskrouter/metrics': [
    'src/taskrouter/http',
    'src/taskrouter/inspector',
    'src/taskrouter/taskrouter.ts',
  ],
  'src/taskrouter/app.ts': [
    'src/taskrouter/http',
    'src/taskrouter/api',
    'src/taskrouter/control',
    'src/taskrouter/event-bridge',
    'src/taskrouter/engine',
    'src/taskrouter/statistics',
    'src/system',
  ],
  'src/inspector-page': ['assets/design', 'assets/explanation', 'assets/calls'],
  'src/taskrouter/start.ts': ['src/taskrouter', 'src/system'],
  'src/system': [],
  'src/steps': [],
  'src/adapter': ['src/steps'],
  functions: ['src/adapter', 'src/steps'],
  'assets/design': [],
  'assets/explanation': ['assets/design'],
  'assets/calls': ['assets/design'],
  assets: ['assets/design', 'assets/explanation', 'assets/calls'],
  'src/workspace/client.ts': ['src/system'],
  'src/workspace/local-client.ts': ['src/workspace/client.ts', 'src/system'],
  'src/workspace/file': ['src/lint'],
  'src/workspace/existing': ['src/workspace/client.ts', 'src/workspace/file'],
  'src/workspace/plan': ['src/workspace/file', 'src/workspace/existing'],
  'src/workspace/apply': [
    'src/workspace/client.ts',
    'src/workspace/file',
    'src/workspace/existing',
    'src/workspace/plan',
  ],
  'src/workspace/pull': [
    'src/workspace/client.ts',
    'src/workspace/file',
    'src/workspace/existing',
    'src/workspace/plan',
  ],
  // What REST shows of a workspace, in an engine.
  'src/account': [
    'src/workspace/client.ts',
    'src/workspace/existing',
    'src/language',
    'src/doctor',
    'src/taskrouter/condition',
    'src/taskrouter/model',
    'src/taskrouter/engine',
    'src/taskrouter/explain',
    'src/taskrouter/store',
  ],
  'src/deploy/deployment-failed.ts': [],
  'src/deploy/poll-until.ts': [],
  // Settings are checked by the rules of the Functions that will read them.
  'src/deploy/settings': ['src/system', 'src/adapter', 'src/steps'],
  'src/deploy/target': ['src/deploy/deployment-failed.ts', 'src/system'],
  'src/deploy/upload': [
    'src/deploy/deployment-failed.ts',
    'src/deploy/settings',
    'src/deploy/target',
    'src/system',
    'src/adapter',
  ],
  'src/deploy/functions': ['src/deploy/deployment-failed.ts', 'src/deploy/settings', 'src/system'],
  'src/deploy/wiring': ['src/deploy/functions', 'src/workspace', 'src/system'],
  'src/deploy/proof': [
    'src/deploy/deployment-failed.ts',
    'src/deploy/poll-until.ts',
    'src/deploy/functions',
    'src/system',
  ],
  'src/deploy': ['src/workspace', 'src/system', 'src/adapter', 'src/steps'],
  'src/host': ['src/system'],
  'src/local': ['src/doctor', 'src/taskrouter', 'src/workspace', 'src/host', 'src/proxy', 'src/system'],
  'src/proxy/preload': [],
  'src/proxy': ['src/host', 'src/system'],
  'src/rehearsal': ['src/taskrouter', 'src/host', 'src/proxy', 'src/system', 'package.json'],
  'src/testkit': ['src/taskrouter', 'src/workspace', 'src/system', 'workspace.json'],
  'src/cli': [
    'src/lint',
    'src/doctor',
    'src/local',
    'src/account',
    'src/taskrouter',
    'src/workspace',
    'src/deploy',
    'src/host',
    'src/proxy',
    'src/rehearsal',
    'src/system',
    'package.json',
  ],
};

/** The pages derive the types of responses from the code that makes them, by `import type` only. */
const mayImportTypes: Record<string, readonly string[]> = {
  assets: ['src/steps', 'src/taskrouter/control'],
  'assets/explanation': ['src/taskrouter/explain'],
  'assets/calls': ['src/taskrouter/control'],
  'src/inspector-page': ['src/taskrouter/inspector', 'src/taskrouter/control'],
};

/** The longest path first: a file belongs to the innermost module. */
const modules = Object.keys(mayImport).sort((left, right) => right.length - left.length);
const moduleOf = (file: string) => modules.find((module) => file === module || file.startsWith(`${module}/`));

const sources = ['src', 'functions', 'assets'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join('/'))),
);

interface Import {
  /** A path from the project root. */
  readonly target: string;
  /** Whether it is `import type`, which leaves nothing in the build. */
  readonly isType: boolean;
}

/** The relative imports of a file. */
function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const written = text.matchAll(
    /((?:import|export) type [^;']*?)?(?:from|import|require\()\s*\(?'(\.{1,2}(?:\/[^']*)?)'/g,
  );
  return [...written].map(([, type, to = '']) => ({
    target: path.posix.join(path.posix.dirname(file), to),
    isType: type !== undefined,
  }));
}

/** An import names a file without its extension. */
const isAllowed = (module: string, { target, isType }: Import) =>
  [
    'src/common',
    module,
    ...(mayImport[module] ?? []),
    ...(isType ? (mayImportTypes[module] ?? []) : []),
  ].some((known) => target === known || `${target}.ts` === known || target.startsWith(`${known}/`));

it('finds the sources', () => {
  expect(sources.length).toBeGreaterThan(100);
});

it('assigns every source file to a module', () => {
  expect(sources.filter((file) => !moduleOf(file))).toEqual([]);
});

it('allows imports in one direction only', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((target) => !isAllowed(moduleOf(file) ?? '', target))
      .map(({ target, isType }) => `${file} imports ${isType ? 'types of ' : ''}${target}`),
  );
  expect(wrong).toEqual([]);
});

it('reads process.env only in system/config.ts and src/cli', () => {
  const readers = sources.filter((file) =>
    /process\.env\b/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  expect(readers.filter((file) => !file.startsWith('src/cli/') && file !== 'src/system/config.ts')).toEqual(
    [],
  );
});

it('names only installed packages in jest.config.js', () => {
  const { projects } = require('../jest.config.js') as { projects: { transformIgnorePatterns: string[] }[] };
  const patterns = projects.flatMap(({ transformIgnorePatterns }) => transformIgnorePatterns);
  const names = patterns.flatMap((pattern) => /\(\?!\((.*?)\)/.exec(pattern)?.[1]?.split('|') ?? []);
  expect(names).toContain('p-limit');
  expect(names.filter((name) => !existsSync(path.join(root, 'node_modules', name)))).toEqual([]);
});
