const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const rememberGlobals = require('./remember-globals');

/**
 * Jest environment: test files run in Jest's own realm, instead of a realm for each. So they can share what
 * `one-realm-runtime.js` keeps, and read global variables directly instead of through Jest's proxy. After a test file,
 * the globals are as before it.
 */
module.exports = class OneRealmEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  #restoreGlobals = rememberGlobals();

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.#restoreGlobals();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Jest checks that there is one. The runtime compiles for this realm. */
  getVmContext() {
    return globalThis;
  }
};
