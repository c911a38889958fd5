import { compareLines } from '../data/compare-lines';
import type { CallbackEntry } from '../data/entries';
import { outcomeText } from '../data/entry-text';
import { formatText } from '../data/format-text';

interface ResponseComparisonProps {
  readonly before: CallbackEntry;
  readonly after: CallbackEntry;
}

/** The responses to the original callback and to its replay, side by side. */
export function ResponseComparison({ before, after }: ResponseComparisonProps) {
  const compared = compareLines(responseText(before), responseText(after));
  const isSame = compared.every((line) => line.before === line.after);
  return (
    <section class="compare" aria-labelledby="compare">
      <h3 id="compare">{isSame ? 'Same response' : 'Different response'}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">#{before.id}</th>
            <th scope="col">Replay #{after.id}</th>
          </tr>
        </thead>
        <tbody>
          {compared.map((line, index) => (
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

/** A response as lines: status, content type, body, and the outcome. */
function responseText(entry: CallbackEntry): string {
  const { response, error } = entry.attempts.at(-1) ?? {};
  const lines = response
    ? [`${response.status} ${response.headers['content-type'] ?? ''}`.trim(), formatText(response.body)]
    : [error?.message ?? 'no response'];
  const outcome = outcomeText({ ...entry, replay_of: null });
  return [...lines, `→ ${outcome}`].join('\n');
}
