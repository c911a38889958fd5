import type { Scope } from './scope';

/** Something that happens once. Whoever waits for it later gets it, too. */
export class Latch<Value> {
  private happened: { readonly value: Value } | null = null;
  private listener: ((value: Value) => void) | null = null;

  get hasHappened(): boolean {
    return this.happened !== null;
  }

  /** Only the first value counts. */
  set(value: Value): void {
    if (this.happened) return;
    this.happened = { value };
    this.listener?.(value);
  }

  /** @throws the reason if the scope ends first */
  wait(scope: Scope): Promise<Value> {
    return scope.wait((resolve) => {
      if (this.happened) resolve(this.happened.value);
      this.listener = resolve;
      return () => {
        this.listener = null;
      };
    });
  }
}
