const { availableParallelism } = require('node:os');
const { unit, process, browser } = require('./test/support/jest-projects');

/** `npm test`: everything but deployments and long runs, which have a configuration of their own: jest.deploy.config.js. */
module.exports = {
  // More than processors, because many tests wait for processes, browsers, and timers.
  maxWorkers: availableParallelism() * 2,
  // Five seconds, the default, are too few on a busy machine.
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  projects: [unit, process, browser],
};
