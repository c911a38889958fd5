/** Tests run from the TypeScript sources; the expression grammar is compiled the way the build does it. */
module.exports = {
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/build-once.js',
  // A suite of its own: jest.twilio-cli.config.js.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/twilio-cli/'],
  testEnvironment: 'node',
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
    '\\.peggy$': '<rootDir>/scripts/peggy-jest.js',
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(p-limit|p-retry|yocto-queue|is-network-error|preact|sorted-btree)/)',
  ],
};
