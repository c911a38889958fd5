import { useState } from 'preact/hooks';
import { useBusy } from '../../../assets/design/components/use-busy';
import { RequestRejected } from '../data/control-client';

interface Action {
  readonly isBusy: boolean;
  /** Why the last action failed, in the words of the service; empty if it did not. */
  readonly error: string;
  run(work: () => Promise<void>): void;
}

/** Runs one action at a time and keeps its error. */
export function useAction(): Action {
  const [isBusy, runOne] = useBusy();
  const [error, setError] = useState('');
  const run = (work: () => Promise<void>) =>
    runOne(async () => {
      setError('');
      await work().catch((failure: unknown) => {
        if (!(failure instanceof RequestRejected)) throw failure;
        setError(failure.message);
      });
    });
  return { isBusy, error, run };
}
