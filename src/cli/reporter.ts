import { createColors } from 'picocolors';
import pino from 'pino';
import type { HostLog } from '../host/functions-host';
import type { ApiLog } from '../taskrouter/http/options';

/** How a command speaks: to people on standard output, or with --json one line there and its log on standard error. */
export interface Reporter {
  readonly colours: ReturnType<typeof createColors>;
  readonly hostLog: HostLog;
  readonly apiLog: ApiLog;
  /** A line of what is going on. */
  say(line: string): void;
  /** The one line that machines wait for. */
  machine(value: object): void;
}

export function createReporter({ json, colours }: { json: boolean; colours: boolean }): Reporter {
  return json ? machineReporter() : humanReporter(colours);
}

function humanReporter(wantsColours: boolean): Reporter {
  const colours = createColors(wantsColours && process.stdout.isTTY === true);
  const paint = {
    debug: colours.dim,
    info: (text: string) => text,
    warn: colours.yellow,
    error: colours.red,
  };
  const write = (level: keyof typeof paint, text: string) => process.stdout.write(`${paint[level](text)}\n`);
  return {
    colours,
    hostLog: ({ level, message, file }) => {
      // The callbacks' own lines say it already.
      if (level === 'debug') return;
      const text = file ? `${file}  ${message}` : message;
      // What a Function writes stands back behind the callbacks, which say the same more fully.
      write(level, file && level === 'info' ? colours.dim(text) : text);
    },
    apiLog: {
      warn: (_details, message) => write('warn', message),
      error: (details, message) => write('error', `${message}${stackOf(details)}`),
    },
    say: (line) => write('info', line),
    machine: () => undefined,
  };
}

function machineReporter(): Reporter {
  const log = pino(
    { redact: ['authToken', 'operator.password', 'headers.authorization'], base: null },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    colours: createColors(false),
    hostLog: ({ level, message, ...details }) => log[level](details, message),
    apiLog: log,
    say: (line) => log.info(line),
    machine: (value) => process.stdout.write(`${JSON.stringify(value)}\n`),
  };
}

function stackOf(details: object): string {
  const { error, err } = details as { error?: Error; err?: Error };
  return error?.stack || err?.stack ? `\n${error?.stack ?? err?.stack}` : '';
}
