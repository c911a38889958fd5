const { readFile } = require('node:fs/promises');
const { relative } = require('node:path');
const { compileGrammar } = require('./compile-grammar');

/** Turns an error in the grammar into an esbuild error, so that it is printed with file, line, and column. */
function asBuildError(error, file) {
  const start = error?.location?.start;
  const location = start ? { file, line: start.line, column: start.column - 1 } : { file };
  return { text: error.message, location };
}

/** esbuild plugin for `*.peggy`. */
const peggyPlugin = {
  name: 'peggy',
  setup(build) {
    build.onLoad({ filter: /\.peggy$/ }, async ({ path }) => {
      const file = relative(build.initialOptions.absWorkingDir ?? process.cwd(), path);
      try {
        return { contents: compileGrammar(await readFile(path, 'utf8'), file), loader: 'js' };
      } catch (error) {
        return { errors: [asBuildError(error, file)] };
      }
    });
  },
};

module.exports = { peggyPlugin };
