/** Our choice: as many as a reader can take in. */
const maxNames = 10;

/**
 * Names for a sentence: at most ten, then how many more there are.
 * @param isComplete false if there are more than these: lists in TaskRouter's REST API have no total
 */
export function nameList(names: readonly string[], isComplete = true): string {
  const more = names.length - maxNames;
  if (more <= 0) return names.join(', ');
  return `${names.slice(0, maxNames).join(', ')}, and ${isComplete ? '' : 'at least '}${more} more`;
}
