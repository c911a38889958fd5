import path from 'node:path';
import type { CommandModule } from 'yargs';
import { applyWorkspace } from '../../workspace/apply/apply';
import { readWorkspaceFile } from '../../workspace/file/desired';
import type { Change } from '../../workspace/plan/changes';
import type { Plan } from '../../workspace/plan/plan';
import { type Paints, printChange, printNotes, printPlan } from '../../workspace/plan/print';
import { type PlanFlags, planFlags } from '../flags';
import type { Terminal } from '../terminal';
import { counted, planPaints, writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';

export const apply = (terminal: Terminal): CommandModule<object, PlanFlags> => ({
  command: 'apply',
  describe: 'Make the workspace match its file',
  builder: planFlags,
  handler: async (flags) => {
    const desired = readWorkspaceFile(path.resolve(flags.workspace));
    const target = await openTarget(terminal, flags);
    const { client, functionsUrl } = target;
    const progress = new Progress(terminal, flags.json);
    try {
      const applied = await requestTarget(terminal, target, () =>
        applyWorkspace({
          client,
          desired,
          functionsUrl,
          prune: flags.prune,
          onPlan: (plan) => progress.planned(plan),
          onDone: (change) => progress.done(change),
        }),
      );
      progress.finished(applied);
    } catch (error) {
      progress.interrupted();
      throw error;
    }
  },
});

/** Reports each change as it is made, and what was not done after an error. */
class Progress {
  private readonly made: Change[] = [];
  private plan: Plan = { changes: [], notes: [], extras: [] };

  private readonly paints: Paints;

  constructor(
    private readonly terminal: Terminal,
    private readonly json: boolean,
  ) {
    this.paints = planPaints(terminal);
  }

  planned(plan: Plan): void {
    this.plan = plan;
  }

  done(change: Change): void {
    this.made.push(change);
    if (!this.json) this.say(printChange(change, this.paints));
  }

  finished(applied: Plan): void {
    const { changes, notes, extras } = applied;
    if (this.json) writeJson(this.terminal, { changes, notes, extras });
    else if (changes.length === 0) this.say(printPlan(applied, this.paints));
    else this.say(...printNotes(applied, this.paints), `Done: ${counted(changes.length, 'change')}.`);
  }

  interrupted(): void {
    const { changes, notes, extras } = this.plan;
    const left = changes.filter((change) => !this.made.includes(change));
    if (left.length === 0) return;
    if (this.json) writeJson(this.terminal, { changes: this.made, notDone: left, notes, extras });
    else {
      this.say(
        '',
        `Interrupted: ${counted(this.made.length, 'change')} made, ${counted(left.length, 'change')} not made:`,
      );
      this.say(...left.map((change) => `  ${printChange(change, this.paints)}`), '');
    }
  }

  private say(...lines: readonly string[]): void {
    writeLines(this.terminal, ...lines);
  }
}
