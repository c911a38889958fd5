import leven from 'leven';

/** Longer names are not compared: the time grows with the length. */
const maxLength = 100;

/** The known name that a misspelled one most likely means; undefined when none is close. */
export function similarName(name: string, known: readonly string[]): string | undefined {
  if (name.length > maxLength) return undefined;
  const spelled = (text: string) => text.toLowerCase().replaceAll(/[_-]/g, '');
  const ranked = known
    .map((each) => ({ each, edits: leven(spelled(name), spelled(each)) }))
    .sort((left, right) => left.edits - right.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(1, Math.floor(name.length / 4)) ? best.each : undefined;
}
