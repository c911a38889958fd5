import { Worker } from 'twilio-taskrouter';
import { type Grant, signAccessToken } from '../../src/taskrouter/http/access-token';
import type { TestService } from './start-test-service';
import { testAccount } from './start-test-taskrouter';

// The SDK leaves timers behind when it disconnects. They must not keep the tests running.
for (const name of ['setTimeout', 'setInterval'] as const) {
  const original = globalThis[name] as (...details: unknown[]) => NodeJS.Timeout;
  Object.assign(globalThis, { [name]: (...details: unknown[]) => original(...details).unref() });
}

export const testSigner = { accountSid: testAccount.sid, apiKey: testAccount.apiKey };

/** A token for a worker, or for another grant. */
export const tokenFor = ({ clock }: TestService, grant: Grant, ttlSeconds = 3600): string =>
  signAccessToken(testSigner, { identity: 'test', ...grant }, { now: clock.now(), ttlSeconds });

/** The two options that lead the SDK to this service. */
export function sdkServers({ service }: Pick<TestService, 'service'>) {
  const ebServer = `${service.url}/v1/wschannels`;
  return { ebServer, wsServer: ebServer.replace(/^http/, 'ws') };
}

const open: Worker[] = [];

/** Disconnects every worker that `connect` has opened. */
export function disconnectAll(): void {
  for (const worker of open.splice(0)) {
    // A connection that is closed before it is established fails, after the SDK has stopped listening.
    const { _signaling } = worker as unknown as { _signaling: { webSocket: NodeJS.EventEmitter } };
    _signaling.webSocket.on('error', () => undefined);
    worker.disconnect();
  }
}

type WorkerConstructor<Instance> = new (token: string, options: never) => Instance;

/** A worker of the genuine SDK. */
export function newWorker<Instance extends Worker = Worker>(
  service: Pick<TestService, 'service'>,
  token: string,
  options: object = {},
  Constructor: WorkerConstructor<Instance> = Worker as unknown as WorkerConstructor<Instance>,
): Instance {
  const worker = new Constructor(token, { ...sdkServers(service), logLevel: 'silent', ...options } as never);
  // It reports each connection that fails.
  worker.on('error', () => undefined);
  open.push(worker);
  return worker;
}

/** The same, when it is ready. */
export async function connect<Instance extends Worker = Worker>(
  ...details: Parameters<typeof newWorker<Instance>>
): Promise<Instance> {
  const worker = newWorker<Instance>(...details);
  await next(worker, 'ready');
  return worker;
}

/** What an object of the SDK emits next with this name. */
export function next(emitter: object, name: string): Promise<never> {
  return new Promise((resolve) => (emitter as NodeJS.EventEmitter).once(name, resolve));
}
