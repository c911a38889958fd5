import path from 'node:path';
import type { Dispatcher } from 'undici';
import { needsAttention } from '../../common/finding';
import { dispatcherFor } from '../../deploy/functions/functions-client';
import type { Finding } from '../../doctor/finding';
import { withReceivers } from '../../doctor/receiver-findings';
import { readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { mapConcurrently, pages } from '../../workspace/existing/read';
import { findOperator, sourceBuild } from '../deploy/functions-of-target';
import { exitCodes } from '../exit-codes';
import type { ChoiceFlags, DomainFlags, TargetFlags } from '../flags';
import { printFindings } from '../print-findings';
import { terminalColors } from '../reporter';
import { requestRunning } from '../running';
import type { Terminal } from '../terminal';
import { writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';
import { askReceivers } from './ask-receivers';
import { callbackUrls } from './callback-urls';

export interface DoctorFlags extends Omit<TargetFlags, 'workspace'>, DomainFlags, ChoiceFlags {}

/** What the command uses besides its flags. Tests replace the parts that reach Twilio. */
interface DoctorContext {
  readonly projectRoot: string;
  readonly terminal: Terminal;
  readonly newDispatcher: () => Dispatcher;
}

/** @throws ConfigurationError or UpstreamFailed */
export function runDoctor(flags: DoctorFlags, terminal: Terminal): Promise<void> {
  const newDispatcher = () => dispatcherFor(terminal.environment);
  return doctorInContext(flags, { projectRoot: process.cwd(), terminal, newDispatcher });
}

/** @throws as `runDoctor` */
export async function doctorInContext(flags: DoctorFlags, context: DoctorContext): Promise<void> {
  const { terminal } = context;
  const { subject, findings } = await localFindings(flags, context);
  if (findings.some(needsAttention)) terminal.exitCode = exitCodes.findings;
  if (flags.json) return writeJson(terminal, { findings });
  const wording = { none: `Nothing is stuck in ${subject}.`, hint: hintFor(flags, findings) };
  const colors = terminalColors(terminal);
  writeLines(
    terminal,
    printFindings(findings, ({ place }) => place || '…', wording, colors),
  );
}

function hintFor({ target }: DoctorFlags, findings: readonly Finding[]): string {
  const usesVariables = findings.some(({ remedy }) => remedy.includes('$TWILIO_ACCOUNT_SID'));
  if (!usesVariables || target === 'twilio') return '';
  return 'The curl commands need the variables of: eval "$(npx taskrouter env --export)"';
}

interface Diagnosis {
  readonly subject: string;
  readonly findings: readonly Finding[];
}

async function localFindings(flags: DoctorFlags, context: DoctorContext): Promise<Diagnosis> {
  const { terminal, projectRoot, newDispatcher } = context;
  const target = await openTarget(terminal, { ...flags, workspace: '' });
  const dataDirectory = path.resolve(flags.data);
  const response = await requestRunning(terminal, dataDirectory, 'doctor');
  const { findings } = response as { readonly findings: readonly Finding[] };
  const urls = await requestTarget(terminal, target, async () => {
    const workspaces = await target.client.taskrouter.v1.workspaces.list(pages());
    return mapConcurrently(workspaces, (workspace) => callbackUrls(target.client, workspace));
  });
  const receivers = await askReceivers({
    target: 'local',
    callbackUrls: urls.flat(),
    functionsUrl: target.functionsUrl || null,
    operator: findOperator(flags, context),
    sourceBuild: await sourceBuild(projectRoot),
    authToken: keepCredentials(dataDirectory, readConfig(terminal.environment)).authToken,
    newDispatcher,
  });
  return { subject: target.name, findings: withReceivers(findings, receivers) };
}
