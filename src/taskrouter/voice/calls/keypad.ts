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

  onPress(listener: () => void): Cancel {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
