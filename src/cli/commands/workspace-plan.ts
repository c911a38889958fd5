import path from 'node:path';
import type { CommandModule } from 'yargs';
import { planChanges } from '../../workspace/apply/apply';
import { readWorkspaceFile } from '../../workspace/file/desired';
import { printPlan } from '../../workspace/plan/print';
import { exitCodes } from '../exit-codes';
import { type PlanFlags, planFlags } from '../flags';
import { applyCommand, countText, say, terminalPaints, writeJson } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';

export const plan: CommandModule<object, PlanFlags> = {
  command: 'plan',
  describe: 'Say what apply would do; exit code 2 when there is something to do',
  builder: planFlags,
  handler: async (flags) => {
    const desired = readWorkspaceFile(path.resolve(flags.workspace));
    const target = await openTarget(flags);
    const { client, functionsUrl } = target;
    const planned = await requestTarget(target, () =>
      planChanges({ client, desired, functionsUrl, prune: flags.prune }),
    );
    const { changes, notes, extras } = planned;
    if (flags.json) writeJson({ changes, notes, extras });
    else say(printPlan(planned, terminalPaints()));
    if (changes.length === 0) return;
    if (!flags.json) say('', `${countText(changes)}. Next: ${applyCommand(flags)}`);
    process.exitCode = exitCodes.findings;
  },
};
