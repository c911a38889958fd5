const rememberGlobals: () => () => void = require('./remember-globals');

it('puts back variables of the process, and its listeners', () => {
  const before = {
    names: Reflect.ownKeys(globalThis),
    fetch: globalThis.fetch,
    env: { ...process.env },
    folder: process.cwd(),
    listeners: process.listeners('SIGHUP'),
  };
  const restore = rememberGlobals();
  Object.assign(globalThis, { addedByATest: 1, fetch: null });
  Object.assign(process.env, { ADDED_BY_A_TEST: '1', PATH: 'elsewhere' });
  process.chdir('/');
  process.exitCode = 3;
  process.once('SIGHUP', () => {});
  restore();
  expect({
    names: Reflect.ownKeys(globalThis),
    fetch: globalThis.fetch,
    env: { ...process.env },
    folder: process.cwd(),
    listeners: process.listeners('SIGHUP'),
  }).toEqual(before);
  expect(process.exitCode).toBeUndefined();
});

it('rejects a change of a built-in class', () => {
  const restore = rememberGlobals();
  Object.assign(Array.prototype, { addedByATest: 1 });
  try {
    expect(restore).toThrow('Tests changed Array.prototype');
  } finally {
    Reflect.deleteProperty(Array.prototype, 'addedByATest');
  }
});

it('loads a package once for all test files, but anew where a test isolates modules', () => {
  const shared = require('zod');
  let own: unknown;
  jest.isolateModules(() => {
    own = require('zod');
  });
  expect(require('zod')).toBe(shared);
  expect(own).not.toBe(shared);
});
