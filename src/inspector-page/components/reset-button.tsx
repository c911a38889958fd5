import { useRef } from 'preact/hooks';
import type { ControlClient } from '../data/control-client';
import { useAction } from './use-action';

/** Back to the workspace file, after a question. */
export function ResetButton({ calls }: { readonly calls: ControlClient }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { isBusy, refusal, run } = useAction();
  const reset = () =>
    run(async () => {
      await calls.reset();
      dialog.current?.close();
    });
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Reset …
      </button>
      <dialog ref={dialog} aria-labelledby="reset-question">
        <h2 id="reset-question">Back to the workspace file?</h2>
        <p>Tasks, reservations and events are gone then, workers are as written. Sids stay as they are.</p>
        <p class="refusal wrong" role="alert">
          {refusal}
        </p>
        <div class="actions">
          <button type="button" class="primary" aria-disabled={isBusy} onClick={reset}>
            Reset
          </button>
          {/* Where the Enter key does no harm. */}
          <button type="button" autofocus onClick={() => dialog.current?.close()}>
            Leave it as it is
          </button>
        </div>
      </dialog>
    </>
  );
}
