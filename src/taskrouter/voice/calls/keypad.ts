import type { Cancel } from '../../../system/clock';

/** The keys that a caller has pressed and nothing has taken yet, and those still to come. */
export class Keypad {
  private readonly listeners = new Set<() => void>();

  /** @param keys what the caller presses as soon as something asks for it */
  constructor(private keys: string) {}

  press(keys: string): void {
    this.keys += keys;
    for (const listener of [...this.listeners]) listener();
  }

  /** The next key; undefined if there is none yet. */
  take(): string | undefined {
    const [key] = this.keys;
    this.keys = this.keys.slice(1);
    return key;
  }

  /** Takes the keys up to this one; none if it has not been pressed. @returns whether it has */
  takeThrough(key: string): boolean {
    const index = this.keys.indexOf(key);
    if (index >= 0) this.keys = this.keys.slice(index + 1);
    return index >= 0;
  }

  onPress(listener: () => void): Cancel {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
