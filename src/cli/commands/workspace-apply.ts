import path from 'node:path';
import type { CommandModule } from 'yargs';
import { applyWorkspace } from '../../workspace/apply/apply';
import { readWorkspaceFile } from '../../workspace/file/desired';
import type { Change } from '../../workspace/plan/changes';
import type { Plan } from '../../workspace/plan/plan';
import { type Paints, printChange, printNotes, printPlan } from '../../workspace/plan/print';
import { type PlanFlags, planFlags } from '../flags';
import { counted, say, terminalPaints, writeJson } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';

export const apply: CommandModule<object, PlanFlags> = {
  command: 'apply',
  describe: 'Make the workspace as its file says',
  builder: planFlags,
  handler: async (flags) => {
    const desired = readWorkspaceFile(path.resolve(flags.workspace));
    const target = await openTarget(flags);
    const { client, functionsUrl } = target;
    const progress = new Progress(flags.json, terminalPaints());
    try {
      const applied = await requestTarget(target, () =>
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
};

/** What is told while it goes on, and how far it got when it does not. */
class Progress {
  private readonly made: Change[] = [];
  private plan: Plan = { changes: [], notes: [], extras: [] };

  constructor(
    private readonly json: boolean,
    private readonly paints: Paints,
  ) {}

  planned(plan: Plan): void {
    this.plan = plan;
  }

  done(change: Change): void {
    this.made.push(change);
    if (!this.json) say(printChange(change, this.paints));
  }

  finished(applied: Plan): void {
    const { changes, notes, extras } = applied;
    if (this.json) writeJson({ changes, notes, extras });
    else if (changes.length === 0) say(printPlan(applied, this.paints));
    else say(...printNotes(applied, this.paints), `Done: ${counted(changes.length, 'change')}.`);
  }

  interrupted(): void {
    const { changes, notes, extras } = this.plan;
    const left = changes.filter((change) => !this.made.includes(change));
    if (left.length === 0) return;
    if (this.json) writeJson({ changes: this.made, notDone: left, notes, extras });
    else {
      say(
        '',
        `Interrupted: ${counted(this.made.length, 'change')} made, ${counted(left.length, 'change')} not made:`,
      );
      say(...left.map((change) => `  ${printChange(change, this.paints)}`), '');
    }
  }
}
