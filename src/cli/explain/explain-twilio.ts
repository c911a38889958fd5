import { ConfigurationError } from '../../system/config';
import type { TaskExplanationJson, WorkerExplanationJson } from '../../taskrouter/explain/explanation-json';
import { isSid, sidPrefix } from '../../taskrouter/model/sids';
import { readTarget } from '../account/read-target';
import { UpstreamFailed } from '../errors';
import type { ChoiceFlags, TargetFlags } from '../flags';
import type { Terminal } from '../terminal';
import { type Connect, openTarget } from '../workspace/target';
import type { Subject } from './subject';

type Flags = ChoiceFlags & Pick<TargetFlags, 'data'>;

/**
 * Explains a task or a worker of an account on Twilio. Only reads.
 * @throws ConfigurationError without credentials or a SID, WorkspaceNotChosen, UpstreamFailed without such a task or worker
 */
export async function explainOnTwilio(
  terminal: Terminal,
  flags: Flags,
  subject: Subject,
  connect?: Connect,
): Promise<(TaskExplanationJson | WorkerExplanationJson) & { readonly inferred: readonly string[] }> {
  requireKnowable(subject);
  const target = await openTarget(terminal, { ...flags, target: 'twilio' }, connect);
  const { explainAccountTask, explainAccountWorker } = await import('../../account/explain-account');
  const taskSid = subject.kind === 'task' ? subject.name : undefined;
  const { name, state } = await readTarget(terminal, target, flags, taskSid).catch((error) => {
    throw error.status === 404 && taskSid !== undefined ? notFound(subject, target.name) : error;
  });
  const explain = subject.kind === 'task' ? explainAccountTask : explainAccountWorker;
  const explanation = explain(state, subject.name);
  if (!explanation) throw notFound(subject, `${JSON.stringify(name)} on ${target.name}`);
  return explanation;
}

/** @throws ConfigurationError for what REST does not tell, and for a SID that is not valid */
function requireKnowable({ kind, name }: Subject): void {
  if (kind === 'reservation') {
    throw new ConfigurationError([
      'Only the local TaskRouter records why a reservation went to its worker. With --target twilio, name a task or a worker.',
    ]);
  }
  if (kind === 'worker' || isSid(sidPrefix.task, name)) return;
  throw new ConfigurationError([
    `${JSON.stringify(name)} is not the SID of a task, which is WT and 32 hexadecimal digits.`,
  ]);
}

function notFound({ kind, name }: Subject, where: string): UpstreamFailed {
  const subject = kind === 'task' ? `no task ${name}` : `no worker ${JSON.stringify(name)}`;
  return new UpstreamFailed(
    `There is ${subject} in the workspace ${where}. If it is in another workspace, choose that one with --workspace-sid or --name.`,
  );
}
