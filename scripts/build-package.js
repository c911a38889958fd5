const { readFileSync } = require('node:fs');
const { cp, mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { bundleForNode } = require('./bundle-for-node');
const { writeLicences } = require('./bundled-licences');
const { programIn, programs } = require('./programs');

// Makes dist/package: what `npm run package` packs for projects of other people's own.

/** Native, or shared with the Functions: installed by npm. All other packages are bundled, for a small installation. */
const optional = ['esbuild', 'libsql'];
const external = [
  ...['twilio', 'twilio/*', ...optional],
  // Only for `deploy` and `rehearse`, which work in a clone.
  ...['twilio-run', 'twilio-run/*'],
];

/** What is published as it is, beside what is bundled here. */
const copied = [
  'dist/assets',
  'dist/functions',
  'dist/inspector',
  'dist/testkit',
  'dist/workspace.schema.json',
  'workspace.json',
  'CHANGELOG.md',
  'LICENSE',
  'SECURITY.md',
  'docs',
];

/** Source maps name sources that the package lacks. */
const leftOut = /\.map$/;

/** The development server sends this style sheet with its error pages, and reads it from its own package. */
const stylesheet = 'normalize.css';

/**
 * @param {{ projectRoot: string, outdir: string }} options `outdir` relative to the project, whose `dist/` is built
 * @returns {Promise<void>}
 * @throws esbuild's BuildFailure, whose `errors` carry file, line and column
 */
async function buildPackage({ projectRoot, outdir }) {
  const to = path.join(projectRoot, outdir);
  await rm(to, { recursive: true, force: true });
  await mkdir(path.join(to, 'dist', 'cli'), { recursive: true });
  await Promise.all(copied.map((part) => copy(projectRoot, to, part)));
  const options = { ...inPackage, plugins: [ownStylesheet] };
  const bundles = await Promise.all(
    programs.map((each) => bundleForNode({ projectRoot, ...programIn(`${outdir}/dist`, each), options })),
  );
  const metafiles = bundles.map(({ metafile }) => metafile);
  await writeLicences(projectRoot, metafiles, path.join(to, 'dist', 'cli', 'THIRD-PARTY-LICENSES.txt'));
  await cp(require.resolve(stylesheet), path.join(to, 'dist', 'cli', stylesheet));
  await writeFile(path.join(to, 'package.json'), `${JSON.stringify(manifest(projectRoot), null, 2)}\n`);
  await writeFile(path.join(to, 'README.md'), await readme(projectRoot));
}

async function copy(projectRoot, to, part) {
  const filter = (source) => !leftOut.test(source);
  await cp(path.join(projectRoot, part), path.join(to, part), { recursive: true, filter });
}

/** How programs are bundled for the package. */
const inPackage = {
  packages: undefined,
  external,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: false,
  metafile: true,
};

const ownStylesheet = {
  name: 'own-stylesheet',
  setup({ onLoad }) {
    onLoad({ filter: /dev-runtime[\\/]utils[\\/]error-html\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const contents = source.replace(`require.resolve('${stylesheet}')`, `__dirname + '/${stylesheet}'`);
      if (contents === source) throw new Error(`${file} reads ${stylesheet} in another way now`);
      return { contents };
    });
  },
};

/** The project's own manifest lists what is uploaded to Twilio; this one what the package needs where it is installed. */
function manifest(projectRoot) {
  const project = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  const { name, version, description, license, engines, main, types, exports, bin } = project;
  const versionOf = (dependency) => project.dependencies[dependency] ?? project.devDependencies[dependency];
  const pinned = (names) => Object.fromEntries(names.map((each) => [each, versionOf(each)]));
  return {
    ...{ name, version, description, keywords, license, engines, main, types, exports },
    // npx runs the command named like the package, so that it never fetches another package of this name.
    bin: { ...bin, [name]: bin.taskrouter },
    files: ['dist', 'docs', 'workspace.json', 'CHANGELOG.md', 'SECURITY.md'],
    dependencies: pinned(['twilio']),
    optionalDependencies: pinned(optional),
  };
}

const keywords = ['twilio', 'taskrouter', 'twilio-functions', 'contact-center', 'testing', 'local'];

/** The page about the package, whose links to its neighbors start from the root here. */
async function readme(projectRoot) {
  const text = await readFile(path.join(projectRoot, 'docs', 'package.md'), 'utf8');
  return text.replace(/\]\((?!https?:|#|\.\.\/)/g, '](docs/').replaceAll('](../', '](');
}

module.exports = { buildPackage };
