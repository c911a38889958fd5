import type { Entry } from './entries';

const resources = ['Worker', 'TaskQueue', 'Workflow', 'Activity'] as const;

/** The names of resources by sid, collected from callbacks and responses that contain both. */
export class NameIndex {
  private readonly names = new Map<string, string>();

  add(entry: Entry): void {
    if (entry.type === 'callback')
      for (const { request } of entry.attempts) this.addParameters(request.parameters);
    if (entry.type === 'request') this.addResponse(entry.response);
  }

  /** @returns undefined if the name is unknown */
  of(sid: string | null): string | undefined {
    return sid === null ? undefined : this.names.get(sid);
  }

  /** All resources whose sid has this prefix, sorted by name. */
  all(prefix: string): readonly (readonly [sid: string, name: string])[] {
    const found = [...this.names].filter(([sid]) => sid.startsWith(prefix));
    return found.sort(([, left], [, right]) => left.localeCompare(right));
  }

  private addParameters(parameters: Readonly<Record<string, string>>): void {
    for (const resource of resources) this.set(parameters[`${resource}Sid`], parameters[`${resource}Name`]);
  }

  private addResponse(body: unknown): void {
    const { sid, friendly_name, worker_sid, worker_name } = (body ?? {}) as Record<string, unknown>;
    this.set(sid, friendly_name);
    this.set(worker_sid, worker_name);
  }

  private set(sid: unknown, name: unknown): void {
    if (typeof sid === 'string' && typeof name === 'string') this.names.set(sid, name);
  }
}
