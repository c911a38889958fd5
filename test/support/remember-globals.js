const { AsyncLocalStorage } = require('node:async_hooks');

/** All but Error, whose formatter of stack traces is Jest's, and stays. */
const builtIns = Object.getOwnPropertyNames(globalThis)
  .map((name) => Object.getOwnPropertyDescriptor(globalThis, name).value)
  .filter((value) => typeof value === 'function')
  .flatMap((builtIn) => [builtIn, builtIn.prototype])
  .filter((value) => value !== undefined && value !== Error);

/** Those that have a value for somebody. */
const storages = new Set();
for (const name of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[name];
  AsyncLocalStorage.prototype[name] = function (...values) {
    storages.add(this);
    return original.apply(this, values);
  };
}

/**
 * Remembers the global state of the process. The result puts it back: global variables, environment variables, working
 * folder, arguments, exit code, and listeners. It also ends the use of each AsyncLocalStorage.
 *
 * @throws Error from the result when a built-in class has changed since. Packages keep what they read of it, so it
 *   cannot be put back.
 */
module.exports = function rememberGlobals() {
  const restoreEach = [rememberBuiltIns(), rememberVariables(), rememberListeners(), rememberProcess()];
  return () => {
    disableStorages();
    for (const restore of restoreEach.reverse()) restore();
  };
};

/** Node asks each of them about each new promise, and Jest makes one for each test file: a tenth of the time of all tests. */
function disableStorages() {
  for (const storage of storages) storage.disable();
  storages.clear();
}

function rememberVariables() {
  const before = Object.getOwnPropertyDescriptors(globalThis);
  return () => {
    for (const key of Reflect.ownKeys(globalThis)) {
      // Some are permanent, such as the dispatcher that undici shares between its copies.
      if (!Object.hasOwn(before, key)) Reflect.deleteProperty(globalThis, key);
    }
    for (const key of Reflect.ownKeys(before)) {
      if (!isSame(Object.getOwnPropertyDescriptor(globalThis, key), before[key])) {
        Object.defineProperty(globalThis, key, before[key]);
      }
    }
  };
}

function rememberProcess() {
  const { exit, argv, exitCode } = process;
  const [env, folder] = [{ ...process.env }, process.cwd()];
  return () => {
    Object.assign(process, { exit, argv, exitCode });
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    process.chdir(folder);
  };
}

function rememberListeners() {
  const before = new Map(process.eventNames().map((name) => [name, process.rawListeners(name)]));
  return () => {
    for (const name of process.eventNames()) {
      for (const listener of process.rawListeners(name)) {
        if (!before.get(name)?.includes(listener)) process.removeListener(name, listener);
      }
    }
  };
}

function rememberBuiltIns() {
  const before = builtIns.map((object) => Object.getOwnPropertyDescriptors(object));
  return () => {
    const changed = builtIns.filter((object, index) => hasChanged(object, before[index]));
    if (changed.length > 0) throw new Error(`Tests changed ${changed.map(nameOf).join(' and ')}`);
  };
}

const hasChanged = (object, before) =>
  Reflect.ownKeys(object).length !== Reflect.ownKeys(before).length ||
  Reflect.ownKeys(before).some((key) => !isSame(Object.getOwnPropertyDescriptor(object, key), before[key]));

const isSame = (now, before) =>
  now !== undefined && Object.is(now.value, before.value) && now.get === before.get && now.set === before.set;

const nameOf = (object) =>
  typeof object === 'function' ? object.name : `${object.constructor.name}.prototype`;
