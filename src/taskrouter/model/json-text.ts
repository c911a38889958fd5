/**
 * JSON texts (attributes and workflow configurations) as TaskRouter writes them: without white space, with the order of
 * the keys kept (seen in recorded sessions). Our choice: numbers and strings keep their text, because JSON.parse and
 * JSON.stringify would change numbers such as 1.0 and 12345678901234567890.
 */

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[ \t\n\r]+/g;

/** JSON without white space outside of its strings. */
const compact = /^[^"\s]*(?:"[^"\\]*(?:\\.[^"\\]*)*"[^"\s]*)*$/;

/** @param text valid JSON, which is returned itself if it is compact: most is, and to search it is faster than to write it */
export function compactJson(text: string): string {
  if (compact.test(text)) return text;
  return text.replace(token, (part) => (part.trim() === '' ? '' : part));
}

/** Writes `/` as `\/`, as in recorded callbacks. */
export function escapeSlashes(text: string): string {
  if (!text.includes('/')) return text;
  return text.replace(/\\.|\//g, (part) => (part === '/' ? '\\/' : part));
}

/** @param text a compact JSON object; members with the same names are replaced in their place */
export function withMembers(text: string, added: Readonly<Record<string, unknown>>): string {
  const names = new Set<string>();
  const members = membersOf(text).map(({ key, value }) => {
    const name: string = JSON.parse(key);
    names.add(name);
    return `${key}:${Object.hasOwn(added, name) ? JSON.stringify(added[name]) : value}`;
  });
  for (const [name, value] of Object.entries(added))
    if (!names.has(name)) members.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${members.join()}}`;
}

/** The members of a compact JSON object, as texts. */
function membersOf(text: string): { readonly key: string; readonly value: string }[] {
  const members: { key: string; value: string }[] = [];
  let depth = 0;
  let start = 1;
  let colon = 0;
  for (const { 0: part, index } of text.matchAll(token)) {
    if (part === '}' || part === ']') depth -= 1;
    const isEnd = (part === ',' && depth === 1) || depth === 0;
    if (isEnd && colon > start) {
      members.push({ key: text.slice(start, colon), value: text.slice(colon + 1, index) });
      start = index + 1;
    }
    if (part === ':' && depth === 1) colon = index;
    if (part === '{' || part === '[') depth += 1;
  }
  return members;
}
