import type { Cancel } from '../../../system/clock';

/** What a person says on a call. */
export class Speech {
  private said: string[] = [];
  private readonly listeners = new Set<() => void>();

  /** @param prepared what the person says when something listens: one text each time */
  constructor(private prepared: readonly string[]) {}

  say(text: string): void {
    this.said.push(text);
    for (const listener of [...this.listeners]) listener();
  }

  /** What has been said and nothing has taken yet; otherwise the next prepared text. Undefined if there is none. */
  take(): string | undefined {
    const said = this.takeSaid();
    if (said !== undefined) return said;
    const [text, ...rest] = this.prepared;
    this.prepared = rest;
    return text;
  }

  takeSaid(): string | undefined {
    return this.said.shift();
  }

  onSay(listener: () => void): Cancel {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
