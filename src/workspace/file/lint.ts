import { needsAttention } from '../../common/finding';
import type { Finding } from '../../lint/finding';
import { lintWorkspace } from '../../lint/lint-workspace';
import { withTextSids } from './configuration-names';
import type { DesiredWorkspace } from './schema';
import { type SidLookup, textWithSids } from './text-references';

/** A name may hold quotes, so rules read a word of the same length in its place. */
const placeholders: SidLookup = { sidOf: (kind, name) => 'x'.repeat(`\${${kind}:${name}}`.length) };

/**
 * What TaskRouter accepts in the file and that may not do what its author means. Places are JSON pointers into it.
 * @param isOnTwilio whether Twilio has to reach the callback URLs
 */
export function lintFile(desired: DesiredWorkspace, isOnTwilio = false): Finding[] {
  const { taskQueues, workflows } = desired;
  const linted = {
    ...desired,
    taskQueues: taskQueues.map((queue) => ({
      ...queue,
      targetWorkers: queue.targetWorkers && textWithSids(queue.targetWorkers, placeholders),
    })),
    workflows: workflows.map((workflow) => ({
      ...workflow,
      configuration: withTextSids(workflow.configuration, placeholders),
    })),
  };
  return lintWorkspace(linted, { isOnTwilio });
}

/** How to read the findings. */
export const lintRemedy = 'For details, run npx taskrouter lint.';

/** One sentence with the number of problems, without its period; none without any. */
export function lintSummary(desired: DesiredWorkspace): string[] {
  const count = lintFile(desired).filter(needsAttention).length;
  return count === 0 ? [] : [`The workspace file has ${count} problem${count === 1 ? '' : 's'} for routing`];
}

/** A summary with its remedy, as a note to a plan. */
export const lintNote = (summary: string): string => `${summary}. ${lintRemedy}`;

/** The notes to a plan of this file. */
export const lintNotes = (desired: DesiredWorkspace): string[] => lintSummary(desired).map(lintNote);
