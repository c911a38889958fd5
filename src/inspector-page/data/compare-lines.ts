import { diffArrays } from 'diff';

/** A line of a comparison; `null` where only the other side has a line. */
interface ComparedLine {
  readonly before: string | null;
  readonly after: string | null;
}

/** Our choice: how many lines may differ before texts are shown side by side without alignment. */
const maxEditLength = 400;

/** Two texts side by side, with equal lines aligned and replaced lines next to their replacements. */
export function compareLines(before: string, after: string): ComparedLine[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const lines: ComparedLine[] = [];
  let removed: string[] = [];
  // A change is a block of removed lines followed by a block of added lines.
  for (const change of diffArrays(left, right, { maxEditLength }) ?? []) {
    if (change.removed) {
      removed = change.value;
      continue;
    }
    lines.push(...sideBySide(removed, change.added ? change.value : []));
    removed = [];
    if (!change.added) lines.push(...sideBySide(change.value, change.value));
  }
  lines.push(...sideBySide(removed, []));
  return lines.length > 0 ? lines : sideBySide(left, right);
}

function sideBySide(left: readonly string[], right: readonly string[]): ComparedLine[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
    before: left[index] ?? null,
    after: right[index] ?? null,
  }));
}
