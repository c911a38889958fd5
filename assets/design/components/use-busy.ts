import { useRef, useState } from 'preact/hooks';

/** Runs one thing at a time: what is asked for meanwhile is dropped. */
export function useBusy(): readonly [boolean, (work: () => Promise<unknown>) => void] {
  const [busy, setBusy] = useState(false);
  // The state is that of the last drawing, which a second click may precede.
  const running = useRef(false);
  const run = (work: () => Promise<unknown>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    void work().finally(() => {
      running.current = false;
      setBusy(false);
    });
  };
  return [busy, run];
}
