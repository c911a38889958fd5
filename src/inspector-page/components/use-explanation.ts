import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExplanationState } from '../../../assets/explanation/explanation';
import { type ControlClient, RequestRejected } from '../data/control-client';
import { subjectKind } from '../data/subject-kind';

/**
 * Why a task or a worker waits, or why a reservation went to its worker.
 * @param revision changes whenever the explanation may have changed; then it is read again
 */
export function useExplanation(client: ControlClient, sid: string, revision: unknown): ExplanationState {
  const [state, setState] = useState<ExplanationState>();
  const asked = useRef(0);
  const shown = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const number = asked.current;
    void read(client, sid).then((result) => {
      // The response to a later request is newer, whichever arrives first.
      if (number < shown.current) return;
      shown.current = number;
      setState(result);
    });
  }, [client, sid, revision]);
  return state;
}

async function read(client: ControlClient, sid: string): Promise<ExplanationState> {
  try {
    return { explanation: await client.explain(sid) };
  } catch (error) {
    if (!(error instanceof RequestRejected)) throw error;
    // The service itself says that it keeps only recent offers.
    const isGone = error.status === 404 && subjectKind(sid) !== 'reservation';
    return { error: isGone ? `${sid} does not exist anymore.` : error.message };
  }
}
