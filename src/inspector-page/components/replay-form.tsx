import { useState } from 'preact/hooks';
import type { ControlClient } from '../data/control-client';
import type { Attempt } from '../data/entries';
import { useAction } from './use-action';

export interface ReplayFormProps {
  readonly id: number;
  readonly attempt: Attempt;
  readonly calls: ControlClient;
  show(id: number): void;
}

type Row = readonly [name: string, value: string];

/** Sends a callback again, as it was or edited. It is signed afresh, and TaskRouter does not hear of the answer. */
export function ReplayForm({ id, attempt, calls, show }: ReplayFormProps) {
  const [url, setUrl] = useState(attempt.url);
  const [rows, setRows] = useState<readonly Row[]>(Object.entries(attempt.request.parameters));
  const { isBusy, refusal, run } = useAction();
  const setRow = (index: number, row: Row) => setRows(rows.map((old, at) => (at === index ? row : old)));
  const send = (event: Event) => {
    event.preventDefault();
    const parameters = Object.fromEntries(rows.filter(([name]) => name !== ''));
    run(async () => show((await calls.replay(id, url, parameters)).callback.id));
  };
  return (
    <form class="replay" onSubmit={send} noValidate aria-labelledby="replay">
      <h3 id="replay">Send it again</h3>
      <p class="faint">
        Signed afresh and sent once. Nothing of what is answered is carried out. It goes to where the callback
        went, or to this computer.
      </p>
      <label for="replay-url">URL</label>
      <input id="replay-url" value={url} onInput={(event) => setUrl(event.currentTarget.value)} />
      <fieldset>
        <legend>Parameters</legend>
        {rows.map(([name, value], index) => (
          <div class="replay-row" key={index}>
            <input
              aria-label={`Name of parameter ${index + 1}`}
              value={name}
              onInput={(event) => setRow(index, [event.currentTarget.value, value])}
            />
            <textarea
              aria-label={`Value of ${name || `parameter ${index + 1}`}`}
              rows={1}
              spellcheck={false}
              value={value}
              onInput={(event) => setRow(index, [name, event.currentTarget.value])}
            />
            <button
              type="button"
              aria-label={`Leave ${name || `parameter ${index + 1}`} out`}
              onClick={() => setRows(rows.filter((_, at) => at !== index))}
            >
              ×
            </button>
          </div>
        ))}
        <button type="button" onClick={() => setRows([...rows, ['', '']])}>
          Add a parameter
        </button>
      </fieldset>
      <p class="refusal wrong" role="alert">
        {refusal}
      </p>
      <button type="submit" class="primary" aria-disabled={isBusy}>
        {isBusy ? 'Waiting for the answer …' : 'Sign and send'}
      </button>
    </form>
  );
}
