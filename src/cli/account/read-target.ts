import type { AccountState } from '../../account/account-state';
import type { ReadingProgress } from '../../account/lists';
import { chooseWorkspace } from '../../workspace/pull/choose-workspace';
import type { ChoiceFlags } from '../flags';
import type { Terminal } from '../terminal';
import { requestTarget } from '../workspace/request-target';
import type { Target } from '../workspace/target';

/** A workspace of an account. */
export interface ReadWorkspace {
  readonly name: string;
  readonly state: AccountState;
}

/**
 * Reads a workspace of the target, and says on standard error how far it is and what it cannot read.
 * @param taskSid the task that is explained, if one is
 * @throws WorkspaceNotChosen, UpstreamFailed, or the client's RestException
 */
export async function readTarget(
  terminal: Terminal,
  target: Target,
  { workspaceSid: sid, name: friendlyName }: ChoiceFlags,
  taskSid?: string,
): Promise<ReadWorkspace> {
  // Loaded on demand, like the client.
  const { readAccount } = await import('../../account/read-account');
  return requestTarget(terminal, target, async () => {
    const workspace = await chooseWorkspace(target.client, { sid, friendlyName });
    const onProgress = sayProgress(terminal);
    const state = await readAccount(target.client, workspace, { now: Date.now, onProgress, taskSid });
    for (const note of state.notes) terminal.writeError(`${note}\n`);
    return { name: workspace.friendlyName, state };
  });
}

/** Our choice: what takes no more than a few requests needs no progress. */
const worthSaying = 100;

/** `Read 2,000 tasks …` */
export const sayProgress =
  (terminal: Terminal): ReadingProgress =>
  (what, count) => {
    if (count >= worthSaying) terminal.writeError(`Read ${count.toLocaleString('en-US')} ${what} …\n`);
  };
