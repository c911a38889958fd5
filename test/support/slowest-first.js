const { default: Sequencer } = require('@jest/test-sequencer');

const slowestFirst = ['twilio-cli', 'long', 'browser', 'deploy', 'package', 'languages', 'process', 'unit'];

/** Unit tests that take seconds, although their files are small: most of them try hundreds of random cases. */
const slowUnits = /\/(\w+-properties|properties|round-trips|simulation|fuzz|same-bytes|transfers)\.test\.ts$/;

/** Runs the slowest tests first, so that no worker is left with a long test at the end. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ context, path }) =>
      slowestFirst.indexOf(context.config.displayName?.name) + (slowUnits.test(path) ? 0 : 0.5);
    // Within a rank, Jest's order: by the duration of the previous run, or else by file size.
    return super.sort([...tests]).sort((left, right) => rank(left) - rank(right));
  }
};
