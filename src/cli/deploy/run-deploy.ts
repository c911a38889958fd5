import path from 'node:path';
import { deploy } from '../../deploy/deploy';
import { dryRun } from '../../deploy/dry-run';
import { systemTime } from '../../deploy/poll-until';
import { type Preparation, prepare } from '../../deploy/preparation';
import type { Confirm } from '../../deploy/target/take-over';
import { createTwilioClient } from '../../workspace/client';
import { exitCode, failureMessage } from '../failure';
import { type DomainFlags, domainSuffix } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import { signalOfInterruption } from '../signals';
import { upstreamErrorOf } from '../workspace/request-target';
import { twilioRemedy } from '../workspace/target';
import { askOnTerminal } from './ask-on-terminal';
import { createProgress } from './progress';
import { deployedText, dryRunReport, dryRunText } from './report';

export interface DeployFlags extends DomainFlags {
  readonly workspace: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
  /** Undefined when neither --prove nor --no-prove is given. */
  readonly prove?: boolean | undefined;
  readonly json: boolean;
}

/**
 * Ends with one line for machines, whether it was deployed or not.
 * @throws ConfigurationError, WorkspaceFileError, DeploymentFailed or Interrupted
 */
export async function runDeploy(flags: DeployFlags): Promise<void> {
  const reporter = createReporter(flags);
  try {
    await deployAsAsked(flags, reporter);
  } catch (error) {
    reporter.machine({ event: 'failed', exitCode: exitCode(error), message: failureMessage(error) });
    throw error;
  }
}

async function deployAsAsked(flags: DeployFlags, reporter: Reporter): Promise<void> {
  const suffix = domainSuffix(flags);
  const preparation = prepare({
    projectRoot: process.cwd(),
    workspaceFile: path.resolve(flags.workspace),
    environment: process.env,
    suffix,
  });
  const client = createTwilioClient(preparation.settings.account, null);
  const options = { client, preparation, environment: process.env, suffix };
  if (flags.dryRun) {
    const found = await dryRun(options).catch(explained);
    reporter.machine(dryRunReport(found));
    if (!flags.json) reporter.say(dryRunText(found, suffix));
    return;
  }
  const started = Date.now();
  const deployed = await deploy({
    ...options,
    prove: flags.prove === undefined ? 'ours' : flags.prove ? 'always' : 'never',
    confirm: confirmation(flags),
    progress: createProgress(reporter, secretsOf(preparation)),
    time: systemTime,
    signal: signalOfInterruption(
      'Interrupted. What is uploaded and wired by now stays so; deploying again goes on.',
    ),
  }).catch(explained);
  reporter.machine({ event: 'deployed', ...deployed });
  if (!flags.json) reporter.say(deployedText(deployed, (Date.now() - started) / 1000, reporter.colours));
}

/** @throws it in words, when it was Twilio that failed */
function explained(error: Error): never {
  throw upstreamErrorOf({ name: 'Twilio', credentialsRemedy: twilioRemedy }, error);
}

/** A machine cannot answer, and neither can who reads JSON. */
function confirmation({ yes, json }: DeployFlags): Confirm {
  if (yes) return async () => true;
  return process.stdin.isTTY && process.stdout.isTTY && !json ? askOnTerminal : null;
}

function secretsOf({ settings: { account, operator } }: Preparation): string[] {
  return [account.password, operator.password];
}
