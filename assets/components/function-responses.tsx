import { ClockTime } from '../design/components/clock-time';
import { JsonView } from '../design/components/json-view';
import type { ActionName, FunctionResponse } from '../lifecycle/function-client';
import { errorMessage, isSuccess } from '../lifecycle/response-text';
import { CopyAsCode } from './copy-as-code';

/** The last responses to the user’s actions. */
export function FunctionResponses({
  responses,
}: {
  readonly responses: readonly FunctionResponse<ActionName>[];
}) {
  return (
    <section class="panel" aria-labelledby="responses">
      <h2 id="responses">Function responses</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
      <section class="scroll responses" aria-label="Responses" tabIndex={0}>
        {responses.length === 0 && (
          <p class="empty">Use a button to see the response of its Function here.</p>
        )}
        <ol>
          {responses.map((response, index) => (
            <li key={response.number}>
              <ResponseEntry response={response} isOpen={index === 0} />
            </li>
          ))}
        </ol>
      </section>
    </section>
  );
}

interface ResponseEntryProps {
  readonly response: FunctionResponse<ActionName>;
  readonly isOpen: boolean;
}

function ResponseEntry({ response, isOpen }: ResponseEntryProps) {
  const { name, parameters, status, text, body, durationMs, at } = response;
  const succeeded = isSuccess(response);
  return (
    <details open={isOpen}>
      <summary>
        <span class={succeeded ? 'status' : 'status error-text'}>{status || 'none'}</span>{' '}
        <code>/{name}</code>{' '}
        <span class="faint">
          {durationMs} ms, <ClockTime iso={new Date(at).toISOString()} />
        </span>
      </summary>
      {!succeeded && <p class="error-text">{errorMessage(response)}</p>}
      {status !== 0 && (body === undefined ? <pre>{text}</pre> : <JsonView value={body} />)}
      <p class="faint">
        Copy request as <CopyAsCode request={{ label: `/${name}`, name, parameters }} />
      </p>
    </details>
  );
}
