import { createColors } from 'picocolors';
import pino from 'pino';
import type { HostLog } from '../host/functions-host';
import { readConfig } from '../system/config';
import type { ApiLog } from '../taskrouter/http/options';
import { droppedText, processTerminal, type Terminal } from './terminal';

/** Where a reporter writes. */
type Output = Pick<Terminal, 'environment' | 'isInteractive' | 'write' | 'log' | 'logError'>;

/** How a command reports: as text on standard output, or with --json as one line there and logs on standard error. */
export interface Reporter {
  readonly colors: ReturnType<typeof createColors>;
  readonly hostLog: HostLog;
  readonly apiLog: ApiLog;
  /** Reports something that just happened, with the time. */
  report(line: string): void;
  /** Writes a text as it is. */
  say(text: string): void;
  /** Writes the one line that machines wait for. */
  machine(value: object): void;
}

/** @throws ConfigurationError */
export function createReporter({ json }: { json: boolean }, terminal: Output = processTerminal): Reporter {
  return json ? machineReporter(terminal) : humanReporter(terminal);
}

/** Colors on a terminal that wants them, and none elsewhere. @throws ConfigurationError */
export function terminalColors({ environment, isInteractive }: Output): Reporter['colors'] {
  return createColors(readConfig(environment).colors && isInteractive);
}

function humanReporter(terminal: Output): Reporter {
  const colors = terminalColors(terminal);
  const paint = {
    debug: colors.dim,
    info: (text: string) => text,
    warn: colors.yellow,
    error: colors.red,
  };
  const line = (level: keyof typeof paint, text: string) =>
    `${colors.dim(timeOfDay())}  ${paint[level](text)}\n`;
  const write = (level: keyof typeof paint, text: string) =>
    terminal.log(line(level, text), (lines) => line('warn', droppedText(lines)));
  return {
    colors,
    hostLog: ({ level, message, file }) => {
      // The lines about callbacks say the same.
      if (level === 'debug') return;
      const text = file ? `${file}  ${message}` : message;
      // The lines about callbacks say more than what a Function logs, so they stand out.
      write(level, file && level === 'info' ? colors.dim(text) : text);
    },
    apiLog: {
      warn: (_details, message) => write('warn', message),
      error: (details, message) => write('error', `${message}${stackOf(details)}`),
    },
    report: (line) => write('info', line),
    say: (text) => terminal.write(`${text}\n`),
    machine: () => undefined,
  };
}

function machineReporter(terminal: Output): Reporter {
  const log = pino(
    {
      redact: ['authToken', 'apiKeySecret', 'apiKey.secret', 'operator.password', 'headers.authorization'],
      base: null,
    },
    { write: (line) => terminal.logError(line, droppedLine) },
  );
  return {
    colors: createColors(false),
    hostLog: ({ level, message, ...details }) => log[level](details, message),
    apiLog: log,
    report: (line) => log.info(line),
    say: (text) => log.info(text),
    machine: (value) => terminal.write(`${JSON.stringify(value)}\n`),
  };
}

/** Like pino's lines. */
const droppedLine = (lines: number) =>
  `${JSON.stringify({ level: pino.levels.values.warn, time: Date.now(), dropped: lines, msg: droppedText(lines) })}\n`;

/** The time of this computer, as `14:05:09`. */
function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 8);
}

function stackOf(details: object): string {
  const { error, err } = details as { error?: Error; err?: Error };
  return error?.stack || err?.stack ? `\n${error?.stack ?? err?.stack}` : '';
}
