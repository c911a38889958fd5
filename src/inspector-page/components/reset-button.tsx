import { useRef } from 'preact/hooks';
import type { ControlClient } from '../data/control-client';
import { useAction } from './use-action';

/** Resets the service to the workspace file, after confirmation. */
export function ResetButton({ client }: { readonly client: ControlClient }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { isBusy, error, run } = useAction();
  const reset = () =>
    run(async () => {
      await client.reset();
      dialog.current?.close();
    });
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Reset …
      </button>
      <dialog ref={dialog} aria-labelledby="reset-title">
        <h2 id="reset-title">Reset to the workspace file?</h2>
        <p>
          Deletes all tasks, reservations and events, and restores the workers from the file. Sids do not
          change.
        </p>
        <p class="action-error error-text" role="alert">
          {error}
        </p>
        <div class="actions">
          <button type="button" class="primary" aria-disabled={isBusy} onClick={reset}>
            Reset
          </button>
          {/* The default for the Enter key. */}
          <button type="button" autofocus onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </dialog>
    </>
  );
}
