import type { HostResponse } from '../shared/responses';
import type { InFlightRequest } from './in-flight-request';

/** How a child ended, and which requests may have caused it. */
export interface ChildExit {
  readonly cause: 'stalled' | 'exited';
  /** For the log: `did not answer for 3 s`, `exit code 1`. */
  readonly detail: string;
  readonly suspects: readonly InFlightRequest[];
}

/** What is known, said as such: with several suspects nobody is accused alone. */
export function explainExit({ cause, detail, suspects }: ChildExit): string {
  const what = cause === 'stalled' ? 'blocked' : 'ended';
  return `${nameThem(suspects)} ${what} the Functions runtime (${detail})`;
}

/** The answer for a request whose Function was running when the child ended. */
export function exitResponse(flight: InFlightRequest, ending: ChildExit): HostResponse {
  const message = explainExit(ending);
  if (!ending.suspects.includes(flight)) {
    return {
      status: 503,
      code: 'function_interrupted',
      message: `${flight.file} was interrupted, and may have taken effect or not: ${message}`,
    };
  }
  return ending.cause === 'stalled'
    ? { status: 504, code: 'function_blocked', message }
    : { status: 502, code: 'function_crashed', message };
}

export function connectionLost(flight: InFlightRequest): HostResponse {
  const message = `The connection to ${flight.file} broke; it may have taken effect or not`;
  return { status: 502, code: 'function_crashed', message };
}

function nameThem(suspects: readonly InFlightRequest[]): string {
  const files = [...new Set(suspects.map(({ file }) => file))];
  if (files.length === 0) return 'Something outside any request';
  return files.length === 1 ? String(files[0]) : `One of ${files.join(', ')}`;
}
