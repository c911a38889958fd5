import { existsSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { needsAttention } from '../../common/finding';
import { ConfigurationError } from '../../system/config';
import { parseWorkspaceFile, readWorkspaceText } from '../../workspace/file/desired';
import { lintFile } from '../../workspace/file/lint';
import { pullWorkspace } from '../../workspace/pull/pull';
import { exitCodes } from '../exit-codes';
import { type ChoiceFlags, choiceFlags, type TargetFlags, targetFlags } from '../flags';
import { type LocatedFinding, locate } from '../lint/located-finding';
import { sarifLog } from '../lint/sarif';
import { printFindings } from '../print-findings';
import { terminalColors } from '../reporter';
import type { Terminal } from '../terminal';
import { writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';

interface LintFlags extends Omit<TargetFlags, 'target'>, ChoiceFlags {
  readonly target?: TargetFlags['target'] | undefined;
  readonly sarif: boolean;
}

/** What was linted, and what was found in it. */
interface Linted {
  readonly subject: string;
  readonly findings: readonly LocatedFinding[];
}

export const lint = (terminal: Terminal): CommandModule<object, LintFlags> => ({
  command: 'lint',
  describe: 'Find what a workspace accepts and routing never does; exits with 2 when there are problems',
  builder: (yargs) =>
    choiceFlags(targetFlags(yargs))
      .option('target', {
        choices: ['local', 'twilio'] as const,
        default: undefined,
        requiresArg: true,
        describe: 'Lint a workspace there; default: the workspace file',
      })
      .option('sarif', { type: 'boolean', default: false, describe: 'Print a SARIF log' })
      .check(({ json, sarif }) => {
        if (json && sarif) throw new ConfigurationError(['Use either --json or --sarif.']);
        return true;
      }),
  handler: async (flags) => {
    const { subject, findings } = flags.target
      ? await lintTarget(terminal, flags, flags.target)
      : lintWorkspaceFile(flags.workspace);
    if (findings.some(needsAttention)) terminal.exitCode = exitCodes.findings;
    if (flags.sarif) return writeJson(terminal, sarifLog(findings));
    if (flags.json) return writeJson(terminal, { findings });
    const wording = {
      none: `No findings in ${subject}.`,
      hint: 'To silence a rule, add it to "lint": {"ignore": […]} in the workspace file.',
    };
    writeLines(terminal, printFindings(findings, placeText, wording, terminalColors(terminal)));
  },
});

/** Terminals and editors open `file:line:column`. */
function placeText({ file, line, column, place }: LocatedFinding): string {
  return file === undefined ? place || '/' : `${file}:${line}:${column}`;
}

function lintWorkspaceFile(file: string): Linted {
  const text = readWorkspaceText(file);
  const findings = lintFile(parseWorkspaceFile(file, text));
  return { subject: file, findings: locate(findings, file, text) };
}

/** The file, if there is one, says which attributes tasks have, and which rules are silenced. */
async function lintTarget(
  terminal: Terminal,
  flags: LintFlags,
  target: TargetFlags['target'],
): Promise<Linted> {
  const { exampleTasks, lint } = existsSync(flags.workspace)
    ? parseWorkspaceFile(flags.workspace, readWorkspaceText(flags.workspace))
    : {};
  const opened = await openTarget(terminal, { ...flags, target });
  const choice = { sid: flags.workspaceSid, friendlyName: flags.name };
  const { desired } = await requestTarget(terminal, opened, () =>
    pullWorkspace(opened.client, choice, opened.functionsUrl),
  );
  const linted = { ...desired, ...(exampleTasks && { exampleTasks }), ...(lint && { lint }) };
  return {
    subject: `the workspace "${desired.friendlyName}" of ${opened.name}`,
    findings: lintFile(linted, target === 'twilio'),
  };
}
