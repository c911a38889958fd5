import path from 'node:path';
import { deploy } from '../../deploy/deploy';
import type { DeployOptions } from '../../deploy/deploy-options';
import { dryRun } from '../../deploy/dry-run';
import { dispatcherFor } from '../../deploy/functions/functions-client';
import { type Preparation, prepare } from '../../deploy/preparation';
import type { Confirm } from '../../deploy/target/take-over';
import { uploadWithTwilioRun } from '../../deploy/upload/upload';
import { createTwilioClient } from '../../workspace/client';
import { exitCode, failureMessage } from '../failure';
import { type DomainFlags, domainSuffix } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import { signalOfInterruption } from '../signals';
import type { Terminal } from '../terminal';
import { upstreamErrorOf } from '../workspace/request-target';
import { type Connect, twilioRemedy } from '../workspace/target';
import { askOnTerminal } from './ask-on-terminal';
import { createProgress } from './progress';
import { deployedText, dryRunReport, dryRunText } from './report';
import { systemTime } from './system-time';

export interface DeployFlags extends DomainFlags {
  readonly workspace: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** Undefined when neither --prove nor --no-prove is given. */
  readonly prove?: boolean | undefined;
  readonly json: boolean;
}

/** What the command uses besides its flags. Tests replace the parts that leave the process. */
export interface DeployContext extends Pick<DeployOptions, 'confirm' | 'time' | 'upload' | 'newDispatcher'> {
  readonly projectRoot: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly reporter: Reporter;
  readonly connect: Connect;
  readonly newSignal: () => AbortSignal;
}

/** @throws ConfigurationError, WorkspaceFileError, DeploymentFailed or Interrupted */
export async function runDeploy(flags: DeployFlags, terminal: Terminal): Promise<void> {
  await deployInContext(flags, deployContext(flags, terminal));
}

/** A deployment of the current folder to Twilio. @throws ConfigurationError */
export function deployContext(flags: DeployFlags, terminal: Terminal): DeployContext {
  const { environment } = terminal;
  return {
    projectRoot: process.cwd(),
    environment,
    reporter: createReporter(flags, terminal),
    connect: (account) => createTwilioClient(account, null),
    newDispatcher: () => dispatcherFor(environment),
    upload: uploadWithTwilioRun,
    confirm: confirmation(flags, terminal),
    time: systemTime,
    newSignal: () =>
      signalOfInterruption(
        'Interrupted. What is already uploaded and wired stays. Deploy again to continue.',
        terminal,
      ),
  };
}

/**
 * Ends with one line of JSON for machines, even after a failure.
 * @throws as `runDeploy`
 */
export async function deployInContext(flags: DeployFlags, context: DeployContext): Promise<void> {
  try {
    await dispatch(flags, context);
  } catch (error) {
    context.reporter.machine({ event: 'failed', exitCode: exitCode(error), message: failureMessage(error) });
    throw error;
  }
}

async function dispatch(flags: DeployFlags, context: DeployContext): Promise<void> {
  const { projectRoot, environment, connect, reporter } = context;
  const suffix = domainSuffix(flags);
  const workspaceFile = path.resolve(projectRoot, flags.workspace);
  const preparation = prepare({ projectRoot, workspaceFile, environment, suffix });
  const client = connect(preparation.settings.account);
  const options = { client, preparation, environment, suffix };
  if (flags.dryRun) {
    const found = await dryRun(options).catch(explained);
    reporter.machine(dryRunReport(found));
    if (!flags.json) reporter.say(dryRunText(found, suffix));
    return;
  }
  const started = performance.now();
  const { confirm, time, upload, newDispatcher, newSignal } = context;
  const deployed = await deploy({
    ...options,
    prove: flags.prove === undefined ? 'ours' : flags.prove ? 'always' : 'never',
    confirm,
    progress: createProgress(reporter, secretsOf(preparation)),
    time,
    upload,
    newDispatcher,
    signal: newSignal(),
  }).catch(explained);
  reporter.machine({ event: 'deployed', ...deployed });
  if (!flags.json)
    reporter.say(deployedText(deployed, (performance.now() - started) / 1000, reporter.colors));
}

/** @throws the error, with a remedy when Twilio failed */
function explained(error: Error): never {
  throw upstreamErrorOf({ name: 'Twilio', credentialsRemedy: twilioRemedy }, error);
}

/** Null with --json and without a terminal, because nobody could confirm. */
function confirmation({ yes, json }: DeployFlags, { isInteractive }: Terminal): Confirm {
  if (yes) return async () => true;
  return process.stdin.isTTY && isInteractive && !json ? askOnTerminal : null;
}

function secretsOf({ settings: { account, operator } }: Preparation): string[] {
  return [account.password, operator.password];
}
