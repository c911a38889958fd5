import { constants } from 'node:os';
import type { TwilioProxy } from '../../proxy/twilio-proxy';
import { Closing } from '../../system/closing';
import { ConfigurationError } from '../../system/config';
import { exitCode, failureMessage } from '../failure';
import { createReporter, type Reporter } from '../reporter';
import { openProxy } from '../run/open-proxy';
import { readyLine } from '../run/ready-line';
import type { Terminal } from '../terminal';
import { checkSettings } from './check-settings';
import { openService, type ProgramService } from './open-service';
import { Program, type ProgramEnd } from './program';
import { accountEnvironment } from './program-environment';
import type { ProgramFlags } from './program-flags';
import { readProgramSettings } from './program-settings';

/**
 * Runs a program that finds the local TaskRouter where it expects Twilio, until it ends. Standard output is the program's alone.
 * Afterwards, nothing that was started for it is left.
 * @throws ConfigurationError and what startLocal throws, before the program has started
 */
export async function runProgram(
  terminal: Terminal,
  flags: ProgramFlags,
  command: readonly string[],
): Promise<void> {
  if (command.length === 0)
    throw new ConfigurationError(['Missing command. Try: npx taskrouter run -- node app.js']);
  const settings = readProgramSettings(terminal.environment, flags.env);
  const reporter = errorReporter(terminal, flags);
  const signals = new SignalsForProgram(terminal);
  const closing = new Closing();
  try {
    const service = await openService(terminal, flags, settings, reporter);
    closing.add(() => service.close());
    await checkSettings(settings, service);
    const proxy = await openProxy(terminal, service.run.taskrouterUrl, flags.pass, reporter);
    closing.add(() => proxy.close());
    announce(service, proxy, flags, reporter);
    const account = accountEnvironment(service.credentials, service.run, settings);
    const environment = { ...terminal.environment, ...account, ...proxy.environment };
    const end = await signals.run(() => new Program(command, environment, terminal), service.failed);
    terminal.exitCode = end.code;
    if (end.signal) terminal.endBy(end.signal);
  } finally {
    await closing.close();
  }
}

/** Standard output is the program's. */
function errorReporter(terminal: Terminal, flags: ProgramFlags): Reporter {
  const { environment } = terminal;
  terminal.shareErrors();
  const reporter = createReporter(flags, {
    environment,
    isInteractive: false,
    write: (text) => terminal.writeError(text),
    log: (line, noticeFor) => terminal.logError(line, noticeFor),
    logError: (line, noticeFor) => terminal.logError(line, noticeFor),
  });
  terminal.onWarning((warning) => reporter.apiLog.warn({ err: warning }, warning.message));
  return reporter;
}

function announce(
  { run, credentials, description }: ProgramService,
  proxy: TwilioProxy,
  { json }: ProgramFlags,
  reporter: Reporter,
): void {
  reporter.machine(readyLine(run, credentials, proxy));
  if (!json) reporter.say(`taskrouter: ${description}: ${run.taskrouterUrl}`);
}

/** Signals go to the program; before it has started, the first one keeps it from starting. */
class SignalsForProgram {
  #program: Program | undefined;
  #early: NodeJS.Signals | undefined;

  constructor(private readonly terminal: Terminal) {
    terminal.onSignals((signal) => {
      if (this.#program) this.#program.pass(signal);
      else this.#early ??= signal;
    });
  }

  /** @param failed resolves if the service fails, which ends the program */
  async run(start: () => Program, failed: Promise<Error>): Promise<ProgramEnd> {
    const signal = this.#early;
    if (signal) return { code: 128 + constants.signals[signal], signal };
    const program = start();
    this.#program = program;
    const failure = await Promise.race([program.ended.then(() => null), failed]);
    if (!failure) return program.ended;
    this.terminal.writeError(`${failureMessage(failure)}\n`);
    program.pass('SIGTERM');
    await program.ended;
    return { code: exitCode(failure), signal: null };
  }
}
