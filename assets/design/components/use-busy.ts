import { useRef, useState } from 'preact/hooks';

/** Runs one task at a time: `run` does nothing while another task is running. */
export function useBusy(): readonly [isBusy: boolean, run: (work: () => Promise<unknown>) => void] {
  const [isBusy, setBusy] = useState(false);
  // The state dates from the last render; a second click may arrive before the next.
  const isRunning = useRef(false);
  const run = (work: () => Promise<unknown>) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    void work().finally(() => {
      isRunning.current = false;
      setBusy(false);
    });
  };
  return [isBusy, run];
}
