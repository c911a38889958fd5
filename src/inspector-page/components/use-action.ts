import { useState } from 'preact/hooks';
import { RequestRejected } from '../data/control-client';

export interface Action {
  readonly isBusy: boolean;
  /** What was refused, in the words of the service; empty when all is well. */
  readonly refusal: string;
  run(work: () => Promise<void>): void;
}

/** One order at a time, and what was said about it. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const run = (work: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    setRefusal('');
    work()
      .catch((error: unknown) => {
        if (!(error instanceof RequestRejected)) throw error;
        setRefusal(error.message);
      })
      .finally(() => setBusy(false));
  };
  return { isBusy, refusal, run };
}
