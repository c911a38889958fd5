/** Our choice: far more than the URLs of any workspace. */
const maxResults = 1000;

/**
 * The same function, but it computes the result for each text once. For pure functions of texts that are few in practice
 * and may still be anything, such as URLs: when there are too many, it forgets them all.
 */
export function remembering<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    if (results.size >= maxResults) results.clear();
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}

/**
 * The same function, but it computes the result for each list once, for as long as the list exists. For pure functions of
 * lists that nobody changes.
 */
export function rememberedFor<Result>(
  compute: (list: readonly unknown[]) => Result,
): (list: readonly unknown[]) => Result {
  const results = new WeakMap<readonly unknown[], Result>();
  return (list) => {
    const known = results.get(list);
    if (known !== undefined) return known;
    const result = compute(list);
    results.set(list, result);
    return result;
  };
}
