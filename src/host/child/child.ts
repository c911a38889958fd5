import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { ChildSettings, MessageFromChild, MessageToChild } from '../shared/protocol';
import { nameConsoleLines } from './console';
import { attributeErrors } from './invocation';
import { childServer } from './server';

// The program that runs the Functions. It is started by child-process.ts and by nobody else.

function tell(message: MessageFromChild, written: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, written);
}

function start(settings: ChildSettings): void {
  endWithParent(settings.parentProcessId);
  nameConsoleLines();
  attributeErrors();
  const server = childServer(settings, tell);
  server.listen(0, '127.0.0.1', () =>
    tell({ kind: 'listening', port: (server.address() as AddressInfo).port }),
  );
}

/**
 * Leaves no process behind: the channel closes when the host ends, however it ends. A Function that loops for
 * ever keeps us from noticing; therefore a thread of its own looks at whose child we are.
 */
function endWithParent(parentProcessId: number): void {
  process.once('disconnect', () => process.exit(0));
  const watch = `
    const { workerData } = require('node:worker_threads');
    setInterval(() => {
      if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
    }, 250);
  `;
  new Worker(watch, { eval: true, workerData: parentProcessId }).unref();
}

// Ctrl-C reaches the whole group of processes. When to end is the host's decision: it has requests to finish.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

process.on('message', (message: MessageToChild) => {
  if (message.kind === 'start') start(message.settings);
  else tell({ kind: 'pong' });
});
