import { compareLines } from '../data/compare-lines';
import type { CallbackEntry } from '../data/entries';
import { outcomeText } from '../data/entry-text';
import { formatJson } from '../data/format-json';

export interface ResponseComparisonProps {
  readonly before: CallbackEntry;
  readonly after: CallbackEntry;
}

/** What was answered first and what was answered to the replay, side by side. */
export function ResponseComparison({ before, after }: ResponseComparisonProps) {
  const lines = compareLines(answerText(before), answerText(after));
  const isSame = lines.every((line) => line.before === line.after);
  return (
    <section class="compare" aria-labelledby="compare">
      <h3 id="compare">{isSame ? 'Answered as before' : 'Answered differently'}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">No. {before.id}</th>
            <th scope="col">Replay, No. {after.id}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index} class={line.before === line.after ? undefined : 'differs'}>
              <td>{line.before}</td>
              <td>{line.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** An answer as lines: status, type, body, and what it came to. */
function answerText(entry: CallbackEntry): string {
  const { response, error } = entry.attempts.at(-1) ?? {};
  const answered = response
    ? [`${response.status} ${response.headers['content-type'] ?? ''}`.trim(), formatJson(response.body)]
    : [error?.message ?? 'no answer'];
  const outcome = outcomeText({ ...entry, replay_of: null });
  return [...answered, `→ ${outcome}`].join('\n');
}
