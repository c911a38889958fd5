const path = require('node:path');

/** Packages that are published as ES modules alone; jest needs them as CommonJS. */
const esmPackages = ['p-limit', 'yocto-queue'];

/**
 * Tests run from the TypeScript sources. The expression grammar is compiled as the build compiles it. A package is
 * loaded when it is first used, because most tests use few of the packages that their imports name.
 */
const shared = {
  rootDir: path.join(__dirname, '..', '..'),
  roots: ['<rootDir>/test'],
  testEnvironment: '<rootDir>/test/support/one-realm-environment.js',
  runtime: '<rootDir>/test/support/one-realm-runtime.js',
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
const testPathIgnorePatterns = ['/node_modules/'];

/** The suffix of a test file decides its project: `name.test.ts`, or `name.<project>.test.ts`. */
const kind = (displayName) => ({
  ...shared,
  ...needsBuild,
  displayName,
  testMatch: [`**/*.${displayName}.test.ts`],
  testPathIgnorePatterns,
});

/** The projects by name. Which of them run together is decided by the configurations in the root folder. */
module.exports = {
  unit: {
    ...shared,
    displayName: 'unit',
    testMatch: ['**/*.test.ts'],
    testPathIgnorePatterns: [
      ...testPathIgnorePatterns,
      '\\.(process|deploy|browser|long|package|twilio-cli|languages)\\.test\\.ts$',
    ],
  },
  process: kind('process'),
  browser: kind('browser'),
  long: kind('long'),
  deploy: kind('deploy'),
  package: kind('package'),
  twilioCli: kind('twilio-cli'),
  languages: kind('languages'),
};
