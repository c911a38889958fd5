import { createRequire } from 'node:module';
import { type Invocation, invocations } from './invocation';

type Callback = (error?: unknown, payload?: unknown) => void;
type Handler = (context: unknown, event: unknown, callback: Callback) => unknown;

const guarded = new Set<string>();

/**
 * Loads a Function and wraps its handler in {@link guard}. The development server loads Functions through Node's module
 * cache, so the guarded module is left there. A module that fails to load is loaded again with the next request, as by
 * a new instance on the platform.
 *
 * @throws what the module throws while loading; Error when it exports no handler
 */
export function loadGuarded(filePath: string): void {
  const load = createRequire(filePath);
  const id = load.resolve(filePath);
  if (guarded.has(id)) return;
  const exported: { handler?: unknown } = load(id);
  const cached = load.cache[id];
  if (typeof exported.handler !== 'function') {
    delete load.cache[id];
    throw new Error('it exports no function called "handler"');
  }
  // Bundles export through getters that cannot be redefined, so this is a copy.
  if (cached) cached.exports = { ...exported, handler: guard(exported.handler as Handler) };
  guarded.add(id);
}

/** Catches the handler's errors and rejections, and sends only its first response. */
function guard(handler: Handler): Handler {
  return function guardedHandler(context, event, callback) {
    const invocation = invocations.getStore();
    if (!invocation || invocation.entered) return handler(context, event, callback);
    invocation.entered = true;
    try {
      const result = handler(context, event, respondOnce(invocation, callback));
      if (isThenable(result)) result.then(undefined, (error) => invocation.fail('rejected', error));
    } catch (error) {
      invocation.fail('threw', error);
    }
    return undefined;
  };
}

/** The platform ends a Function at its first response; the development server would try to send each one. */
function respondOnce(invocation: Invocation, callback: Callback): Callback {
  return (error, payload) => {
    if (!invocation.settle()) {
      console.warn('called back again after its response; only the first response counts');
      return;
    }
    if (error && hasStack(error)) {
      console.error(`called back with an error: ${(error as Error).stack}`);
      invocation.respondFailed('called back with an error');
      return;
    }
    try {
      callback(error, payload);
    } catch (unsendable) {
      console.error(`returned a response that cannot be sent: ${(unsendable as Error).stack}`);
      invocation.respondFailed('returned a response that cannot be sent');
    }
  };
}

function hasStack(error: unknown): boolean {
  return typeof error === 'object' && error !== null && typeof (error as Error).stack === 'string';
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
