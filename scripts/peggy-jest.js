const { compileGrammar } = require('./compile-grammar');

/** Jest transform for `*.peggy`. */
module.exports = {
  process(source, file) {
    return { code: compileGrammar(source, file) };
  },
};
