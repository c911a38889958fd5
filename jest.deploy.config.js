const { availableParallelism } = require('node:os');
const { deploy, languages, long, package: installed, twilioCli } = require('./test/support/jest-projects');

/**
 * `npm run test:deploy`: deployments with the genuine tools, twilio-run and the Twilio CLI, to the emulator, and the
 * package in another project, unchanged programs in other languages, and long runs.
 */
module.exports = {
  // More than processors, because most of the time these tests wait for other programs.
  maxWorkers: availableParallelism() * 2,
  // Five seconds, the default, are too few on a busy machine.
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  projects: [twilioCli, deploy, installed, languages, long],
};
