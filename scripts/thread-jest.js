const { createHash } = require('node:crypto');
const { buildSync } = require('esbuild');
const { bundleOptions } = require('./thread-esbuild');

const bundle = (file) => buildSync(bundleOptions(file)).outputFiles[0].text;

/** Jest transform for the program of a thread. `moduleNameMapper` leads `name?thread` here. */
module.exports = {
  /** Of the whole program: it changes with every file in it. */
  getCacheKey(_source, file) {
    return createHash('sha256').update(bundle(file)).digest('hex').slice(0, 32);
  },
  process(_source, file) {
    return { code: `module.exports = { __esModule: true, default: ${JSON.stringify(bundle(file))} };` };
  },
};
