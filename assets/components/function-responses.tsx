import { ClockTime } from '../design/components/clock-time';
import { JsonView } from '../design/components/json-view';
import type { FunctionResponse } from '../lifecycle/function-client';
import { errorMessage, isSuccess } from '../lifecycle/response-text';
import { CopyAsCode } from './copy-as-code';

/** The last answers of the Functions, as they came. */
export function FunctionResponses({ answers }: { readonly answers: readonly FunctionResponse[] }) {
  return (
    <section class="panel" aria-labelledby="answers">
      <h2 id="answers">Answers of the Functions</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="scroll answers" aria-label="Answers" tabIndex={0}>
        {answers.length === 0 && (
          <p class="empty">Use a button: what its Function answers appears here, word for word.</p>
        )}
        <ol>
          {answers.map((answer, index) => (
            <li key={answer.number}>
              <Answer answer={answer} open={index === 0} />
            </li>
          ))}
        </ol>
      </section>
    </section>
  );
}

function Answer({ answer, open }: { readonly answer: FunctionResponse; readonly open: boolean }) {
  const { name, parameters, status, text, body, durationMs, at } = answer;
  const fine = isSuccess(answer);
  return (
    <details open={open}>
      <summary>
        <span class={fine ? 'outcome' : 'outcome wrong'}>{status || 'none'}</span> <code>/{name}</code>{' '}
        <span class="faint">
          {durationMs} ms, <ClockTime iso={new Date(at).toISOString()} />
        </span>
      </summary>
      {!fine && <p class="wrong">{errorMessage(answer)}</p>}
      {status !== 0 && (body === undefined ? <pre>{text}</pre> : <JsonView value={body} />)}
      <p class="faint again">
        The same again as <CopyAsCode call={{ label: `/${name}`, name, parameters }} />
      </p>
    </details>
  );
}
