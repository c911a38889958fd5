import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { ChildSettings, MessageFromChild, MessageToChild } from '../shared/protocol';
import { captureConsole } from './console';
import { attributeErrors } from './invocation';
import { childServer } from './server';

// The program that runs the Functions. Only runtime/child-process.ts starts it.

/** @param onWritten called once the message is in the pipe */
function sendToHost(message: MessageFromChild, onWritten: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, onWritten);
}

function start(settings: ChildSettings): void {
  exitWithParent(settings.parentProcessId);
  captureConsole();
  attributeErrors();
  const server = childServer(settings, sendToHost);
  server.listen(0, '127.0.0.1', () =>
    sendToHost({ kind: 'listening', port: (server.address() as AddressInfo).port }),
  );
}

/**
 * Exits with the host, however the host ends: that closes the channel. A Function that loops forever blocks that
 * event, so a thread also watches the parent process id.
 */
function exitWithParent(parentProcessId: number): void {
  process.once('disconnect', () => process.exit(0));
  const watch = `
    const { workerData } = require('node:worker_threads');
    setInterval(() => {
      if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
    }, 250);
  `;
  new Worker(watch, { eval: true, workerData: parentProcessId }).unref();
}

// Ctrl-C reaches the whole process group. The host decides when to end, because it has requests to finish.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

process.on('message', (message: MessageToChild) => {
  if (message.kind === 'start') start(message.settings);
  else sendToHost({ kind: 'pong' });
});
