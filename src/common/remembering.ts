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
