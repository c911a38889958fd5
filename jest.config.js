const { availableParallelism } = require('node:os');

/** Packages that are published as ES modules alone; jest needs them as CommonJS. */
const esmPackages = ['p-limit', 'yocto-queue'];

/**
 * Tests run from the TypeScript sources. The expression grammar is compiled as the build compiles it. A package is
 * loaded when it is first used, because most tests use few of the packages that their imports name.
 */
const shared = {
  rootDir: __dirname,
  roots: ['<rootDir>/test'],
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/node-flags-once.js'],
  transform: {
    // Before the rest: the first pattern counts.
    '-thread\\.ts$': '<rootDir>/scripts/thread-jest.js',
    '\\.m?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs', lazy: true },
      },
    ],
    '\\.peggy$': '<rootDir>/scripts/peggy-jest.js',
  },
  moduleNameMapper: { '^(.*)\\?thread$': '$1' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
};

const needsBuild = { globalSetup: '<rootDir>/test/support/build-when-stale.js' };
// A suite of its own: jest.twilio-cli.config.js.
const testPathIgnorePatterns = ['/node_modules/', '<rootDir>/test/twilio-cli/'];

/** The suffix of a test file decides its project: `name.test.ts`, or `name.<project>.test.ts`. */
const kind = (displayName) => ({
  ...shared,
  ...needsBuild,
  displayName,
  testMatch: [`**/*.${displayName}.test.ts`],
  testPathIgnorePatterns,
});

module.exports = {
  // More than processors, because many tests wait for processes, browsers, and timers.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Five seconds, the default, are too few on a busy machine.
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: [...testPathIgnorePatterns, '\\.(process|deploy|browser)\\.test\\.ts$'],
    },
    kind('process'),
    kind('deploy'),
    kind('browser'),
  ],
};
