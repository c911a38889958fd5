import path from 'node:path';
import type { CommandModule } from 'yargs';
import { planChanges } from '../../workspace/apply/apply';
import { readWorkspaceFile } from '../../workspace/file/desired';
import { lintNotes } from '../../workspace/file/lint';
import { printPlan } from '../../workspace/plan/print';
import { exitCodes } from '../exit-codes';
import { type PlanFlags, planFlags } from '../flags';
import type { Terminal } from '../terminal';
import { applyCommand, countText, planPaints, writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';

export const plan = (terminal: Terminal): CommandModule<object, PlanFlags> => ({
  command: 'plan',
  describe: 'Show what apply would do; exits with 2 when there are changes',
  builder: planFlags,
  handler: async (flags) => {
    const desired = readWorkspaceFile(path.resolve(flags.workspace));
    const target = await openTarget(terminal, flags);
    const { client, functionsUrl } = target;
    const planned = await requestTarget(terminal, target, () =>
      planChanges({ client, desired, functionsUrl, prune: flags.prune }),
    );
    const notes = [...planned.notes, ...lintNotes(desired)];
    const { changes, extras } = planned;
    if (flags.json) writeJson(terminal, { changes, notes, extras });
    else writeLines(terminal, printPlan({ ...planned, notes }, planPaints(terminal)));
    if (changes.length === 0) return;
    if (!flags.json) writeLines(terminal, '', `${countText(changes)}. Next: ${applyCommand(flags)}`);
    terminal.exitCode = exitCodes.findings;
  },
});
