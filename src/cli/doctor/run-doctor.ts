import { needsAttention } from '../../common/finding';
import { dispatcherFor } from '../../deploy/functions/functions-client';
import type { Finding } from '../../doctor/finding';
import { exitCodes } from '../exit-codes';
import { printFindings } from '../print-findings';
import { terminalColors } from '../reporter';
import type { Terminal } from '../terminal';
import { writeJson, writeLines } from '../workspace/output';
import { diagnoseLocal } from './diagnose-local';
import { diagnoseTwilio } from './diagnose-twilio';
import type { DoctorContext, DoctorFlags } from './diagnosis';

/** @throws ConfigurationError, WorkspaceNotChosen, or UpstreamFailed */
export function runDoctor(flags: DoctorFlags, terminal: Terminal): Promise<void> {
  const newDispatcher = () => dispatcherFor(terminal.environment);
  return doctorInContext(flags, { projectRoot: process.cwd(), terminal, newDispatcher });
}

/** @throws as `runDoctor` */
export async function doctorInContext(flags: DoctorFlags, context: DoctorContext): Promise<void> {
  const { terminal } = context;
  const examine = flags.target === 'local' ? diagnoseLocal : diagnoseTwilio;
  const { subject, findings } = await examine(flags, context);
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
