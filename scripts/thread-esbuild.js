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

/** esbuild plugin for `name?thread`: the import is the text of `name.ts`, bundled as a program of its own. */
const threadPlugin = {
  name: 'thread',
  setup({ onResolve, onLoad, esbuild }) {
    onResolve({ filter: /\?thread$/ }, ({ path: name, resolveDir }) => ({
      path: path.resolve(resolveDir, `${name.slice(0, -'?thread'.length)}.ts`),
      namespace: 'thread',
    }));
    onLoad({ filter: /$/, namespace: 'thread' }, async ({ path: file }) => {
      const { outputFiles } = await esbuild.build(bundleOptions(file));
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};

module.exports = { bundleOptions, threadPlugin };
