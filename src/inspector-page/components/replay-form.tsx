import { useState } from 'preact/hooks';
import type { ControlClient } from '../data/control-client';
import type { Attempt } from '../data/entries';
import { useAction } from './use-action';

interface ReplayFormProps {
  readonly id: number;
  readonly attempt: Attempt;
  readonly client: ControlClient;
  show(id: number): void;
}

type Row = readonly [name: string, value: string];

/** Sends a callback again, unchanged or edited, with a new signature. TaskRouter does not apply the response. */
export function ReplayForm({ id, attempt, client, show }: ReplayFormProps) {
  const [url, setUrl] = useState(attempt.url);
  const [rows, setRows] = useState<readonly Row[]>(Object.entries(attempt.request.parameters));
  const { isBusy, error, run } = useAction();
  const setRow = (index: number, row: Row) => setRows(rows.map((old, at) => (at === index ? row : old)));
  const send = (event: Event) => {
    event.preventDefault();
    const parameters = Object.fromEntries(rows.filter(([name]) => name !== ''));
    run(async () => show((await client.replay(id, url, parameters)).callback.id));
  };
  return (
    <form class="replay" onSubmit={send} noValidate aria-labelledby="replay">
      <h3 id="replay">Replay callback</h3>
      <p class="faint">
        Sent once, with a new signature. The response is not applied. The URL must be on this computer or on
        the host of the original callback.
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
              aria-label={`Remove ${name || `parameter ${index + 1}`}`}
              onClick={() => setRows(rows.filter((_, at) => at !== index))}
            >
              ×
            </button>
          </div>
        ))}
        <button type="button" onClick={() => setRows([...rows, ['', '']])}>
          Add parameter
        </button>
      </fieldset>
      <p class="action-error error-text" role="alert">
        {error}
      </p>
      <button type="submit" class="primary" aria-disabled={isBusy}>
        {isBusy ? 'Waiting for the response …' : 'Sign and send'}
      </button>
    </form>
  );
}
