import type { TableName, Tables } from '../../model/entities';

/**
 * What formatting needs besides the entity itself. It has no more than that, because `KeptTexts` notes all that a format
 * reads.
 */
export interface FormatContext {
  readonly accountSid: string;
  /** Origin and version, e.g. `http://127.0.0.1:4040/v1`: absolute URLs use the origin of the request. */
  readonly root: string;
  find<Name extends TableName>(table: Name, sid: string): Tables[Name] | undefined;
  /** The seconds since a date. */
  ageOf(date: number): number;
}

export function workspaceUrl(context: FormatContext, workspaceSid: string): string {
  return `${context.root}/Workspaces/${workspaceSid}`;
}

/** The name of a referenced entity; null if there is none. */
export function nameOf(
  context: FormatContext,
  table: Extract<TableName, 'activities' | 'taskQueues' | 'workflows'>,
  sid: string | null,
): string | null {
  return sid === null ? null : (context.find(table, sid)?.friendlyName ?? null);
}

/**
 * The sid of a referenced entity; null once that is deleted (our choice), so that no client follows a sid to a 404.
 */
export function sidOf(
  context: FormatContext,
  table: Extract<TableName, 'taskQueues' | 'workflows' | 'workers'>,
  sid: string,
): string | null {
  return context.find(table, sid) ? sid : null;
}
