/** A line of a comparison; `null` where the other side has one more. */
export interface ComparedLine {
  readonly before: string | null;
  readonly after: string | null;
}

/** Our choice: texts longer than this are shown side by side as they are. */
const mostLines = 400;

/** Two texts side by side, equal lines next to each other (longest common subsequence). */
export function compareLines(before: string, after: string): ComparedLine[] {
  const left = before.split('\n');
  const right = after.split('\n');
  if (left.length > mostLines || right.length > mostLines) return sideBySide(left, right);
  const lengths = commonLengths(left, right);
  const lines: ComparedLine[] = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    if (row < left.length && column < right.length && left[row] === right[column])
      lines.push({ before: left[row++] ?? '', after: right[column++] ?? '' });
    else if (column >= right.length || (row < left.length && below(lengths, row, column)))
      lines.push({ before: left[row++] ?? '', after: null });
    else lines.push({ before: null, after: right[column++] ?? '' });
  }
  return paired(lines);
}

const below = (lengths: readonly number[][], row: number, column: number) =>
  (lengths[row + 1]?.[column] ?? 0) >= (lengths[row]?.[column + 1] ?? 0);

function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const one = lengths[row];
      const next = lengths[row + 1];
      if (!one || !next) continue;
      one[column] =
        left[row] === right[column]
          ? 1 + (next[column + 1] ?? 0)
          : Math.max(next[column] ?? 0, one[column + 1] ?? 0);
    }
  return lengths;
}

/** A line that went and the one that came in its place belong next to each other. */
function paired(lines: readonly ComparedLine[]): ComparedLine[] {
  const result: ComparedLine[] = [];
  for (const line of lines) {
    const gap =
      line.before === null ? result.findLastIndex(({ after }) => after !== null) + 1 : result.length;
    const open = result[gap];
    if (open) result[gap] = { before: open.before, after: line.after };
    else result.push(line);
  }
  return result;
}

function sideBySide(left: readonly string[], right: readonly string[]): ComparedLine[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
    before: left[index] ?? null,
    after: right[index] ?? null,
  }));
}
