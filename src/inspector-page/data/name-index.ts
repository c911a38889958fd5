import type { Entry } from './entries';

const pairs = ['Worker', 'TaskQueue', 'Workflow', 'Activity'] as const;

/** What things are called, learnt from what was said of them: callbacks and answers name them beside their sids. */
export class NameIndex {
  private readonly names = new Map<string, string>();

  learn(entry: Entry): void {
    if (entry.type === 'callback')
      for (const { request } of entry.attempts) this.learnParameters(request.parameters);
    if (entry.type === 'request') this.learnAnswer(entry.answer);
  }

  /** The name for a sid; undefined when nobody has said it. */
  of(sid: string | null): string | undefined {
    return sid === null ? undefined : this.names.get(sid);
  }

  /** Those whose sids begin so, by name. */
  all(prefix: string): readonly (readonly [sid: string, name: string])[] {
    const found = [...this.names].filter(([sid]) => sid.startsWith(prefix));
    return found.sort(([, left], [, right]) => left.localeCompare(right));
  }

  private learnParameters(parameters: Readonly<Record<string, string>>): void {
    for (const thing of pairs) this.set(parameters[`${thing}Sid`], parameters[`${thing}Name`]);
  }

  private learnAnswer(answer: unknown): void {
    const { sid, friendly_name, worker_sid, worker_name } = (answer ?? {}) as Record<string, unknown>;
    this.set(sid, friendly_name);
    this.set(worker_sid, worker_name);
  }

  private set(sid: unknown, name: unknown): void {
    if (typeof sid === 'string' && typeof name === 'string') this.names.set(sid, name);
  }
}
