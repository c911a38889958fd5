const { default: Sequencer } = require('@jest/test-sequencer');

const slowestFirst = ['twilio-cli', 'long', 'browser', 'deploy', 'package', 'languages', 'process', 'unit'];

/** Runs the projects with the slowest tests first, so that no worker is left with a long test at the end. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ context }) => slowestFirst.indexOf(context.config.displayName?.name);
    // Within a project, Jest's order: by the duration of the previous run, or else by file size.
    return super.sort([...tests]).sort((left, right) => rank(left) - rank(right));
  }
};
