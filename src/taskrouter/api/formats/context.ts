import type { View } from '../../engine/state/view';
import type { TableName } from '../../model/entities';

/** What formatting needs besides the entity itself. */
export interface FormatContext {
  readonly accountSid: string;
  /** Origin and version, e.g. `http://127.0.0.1:4040/v1`: absolute URLs use the origin of the request. */
  readonly root: string;
  readonly view: View;
  /** Unix milliseconds. */
  readonly now: number;
}

export function workspaceUrl(context: FormatContext, workspaceSid: string): string {
  return `${context.root}/Workspaces/${workspaceSid}`;
}

/** The name of a referenced entity; null if there is none. */
export function nameOf(
  { view }: FormatContext,
  table: Extract<TableName, 'activities' | 'taskQueues' | 'workflows'>,
  sid: string | null,
): string | null {
  return sid === null ? null : (view.find(table, sid)?.friendlyName ?? null);
}

/**
 * The sid of a referenced entity; null once that is deleted (our choice), so that no client follows a sid to a 404.
 */
export function sidOf(
  { view }: FormatContext,
  table: Extract<TableName, 'taskQueues' | 'workflows' | 'workers'>,
  sid: string,
): string | null {
  return view.find(table, sid) ? sid : null;
}
