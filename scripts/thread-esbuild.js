const path = require('node:path');

/** How a thread's program is bundled. Packages are not, as in `bundle-for-node.js`. */
const bundleOptions = (file) => ({
  entryPoints: [file],
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  write: false,
  logLevel: 'silent',
});

/**
 * esbuild plugin for `name?thread`: the import is the text of `name.ts`, bundled as a program of its own, with the
 * packages that the importing program is bundled with.
 */
const threadPlugin = {
  name: 'thread',
  setup({ onResolve, onLoad, esbuild, initialOptions: { packages, external } }) {
    onResolve({ filter: /\?thread$/ }, ({ path: name, resolveDir }) => ({
      // The bundle names this path, which therefore says nothing about the computer.
      path: name,
      namespace: 'thread',
      pluginData: path.resolve(resolveDir, `${name.slice(0, -'?thread'.length)}.ts`),
    }));
    onLoad({ filter: /$/, namespace: 'thread' }, async ({ pluginData: file }) => {
      const { outputFiles } = await esbuild.build({ ...bundleOptions(file), packages, external });
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};

module.exports = { bundleOptions, threadPlugin };
