import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { makeNonBlocking } from '../system/sink';
import { logPlain, showWarnings } from './terminal';

/** Makes everything that Node and libraries write by themselves go through the log, so that none of it can block. */
export function divertLogs(): void {
  showWarnings();
  globalThis.console = new Console({ stdout: linesToLog(), stderr: linesToLog() });
  // Node itself writes why the process ends.
  process.on('uncaughtExceptionMonitor', () => makeNonBlocking(process.stderr));
}

/** The console writes each message at once, with a line feed at its end. */
const linesToLog = () =>
  new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      logPlain(text.replace(/\n$/, ''));
      done();
    },
  });
