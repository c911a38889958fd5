import type { View } from '../engine/state/view';
import type { Delivery } from '../model/entities';

/**
 * A callback left over from an earlier run, sent to where callbacks go now. Our choice: Functions that run here may come
 * back on another port, and what was not told them is still theirs to hear. Where no URL is left, the old one stays.
 */
export function withCurrentUrls(view: View, delivery: Delivery): Delivery {
  const urls = currentUrls(view, delivery).filter((url) => url !== null && url !== '');
  return urls.length > 0 ? { ...delivery, urls: urls as string[] } : delivery;
}

function currentUrls(view: View, { kind, workspaceSid, parameters }: Delivery): (string | null)[] {
  if (kind === 'event') return [view.find('workspaces', workspaceSid)?.eventCallbackUrl ?? null];
  const workflow = view.find('workflows', parameters.WorkflowSid ?? '');
  return workflow ? [workflow.assignmentCallbackUrl, workflow.fallbackAssignmentCallbackUrl] : [];
}
