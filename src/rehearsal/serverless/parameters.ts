/** The parameters of a request, from its query and its form together. */
export class Parameters {
  readonly #values: URLSearchParams;

  constructor(pairs: [string, string][]) {
    this.#values = new URLSearchParams(pairs);
  }

  /** Undefined when it was not sent, which is not the same as empty. */
  text(name: string): string | undefined {
    return this.#values.get(name) ?? undefined;
  }

  all(name: string): string[] {
    return this.#values.getAll(name);
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : text === 'true';
  }
}
