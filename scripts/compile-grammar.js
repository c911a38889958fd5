const { generate } = require('peggy');

/**
 * Compiles a peggy grammar to a CommonJS module. The build and the tests both use it, so they run the same parser.
 *
 * @param {string} source the grammar
 * @param {string} file named in errors about the grammar
 * @returns {string} JavaScript
 */
function compileGrammar(source, file) {
  return generate(source, {
    output: 'source',
    format: 'commonjs',
    grammarSource: file,
    allowedStartRules: ['*'],
  });
}

module.exports = { compileGrammar };
