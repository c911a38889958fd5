const usual = require('./jest.config.js');

/** The deployment by the Twilio CLI and its plugin, whose installation is heavy. */
module.exports = {
  ...usual,
  roots: ['<rootDir>/test/twilio-cli'],
  testPathIgnorePatterns: ['/node_modules/'],
};
