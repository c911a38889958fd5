import type { RoutingTarget } from '../model/commands';
import type { Workspace } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import { isSid, sidPrefix } from '../model/sids';
import type { Parameters } from './parameters';

const kinds = ['worker', 'taskQueue', 'workflow'] as const;

/** @throws InvalidParameter */
export function readRoutingTarget(
  parameters: Parameters,
  workspace: Workspace,
  accountSid: string,
): RoutingTarget | undefined {
  const target = parameters.text('RoutingTarget');
  if (target === undefined) return undefined;
  const kind = kinds.find((each) => isSid(sidPrefix[each], target));
  if (kind) return { kind, sid: target };
  // Twilio's message; it contains WorkflowSid in all cases.
  throw new InvalidParameter(
    `Value '${target}' provided for WorkflowSid as RoutingTarget has an invalid format. WorkspaceSid: ${workspace.sid}, AccountSid: ${accountSid}`,
  );
}
