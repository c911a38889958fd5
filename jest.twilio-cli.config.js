const { projects } = require('./jest.config.js');

/** The deployment by the Twilio CLI and its plugin, a suite of its own because their installation is large. */
module.exports = {
  ...projects.find(({ displayName }) => displayName === 'deploy'),
  displayName: 'twilio-cli',
  testMatch: ['<rootDir>/test/twilio-cli/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
