/** The steps that end what was started, performed in reverse order. */
export class Closing {
  readonly #steps: (() => unknown)[] = [];

  add(step: () => unknown): void {
    this.#steps.push(step);
  }

  async close(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step();
  }
}

/** Starts something from several parts. If one does not start, the others end. @throws what `start` throws */
export async function startAll<Started>(start: (closing: Closing) => Promise<Started>): Promise<Started> {
  const closing = new Closing();
  try {
    return await start(closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}
