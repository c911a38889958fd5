import type { View } from '../engine/state/view';
import type { Delivery } from '../model/entities';

/**
 * A callback from an earlier run, with the current callback URLs. Our choice: the Functions may have restarted on another
 * port, and must still receive it. If there is no current URL, the old one stays.
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
