import type { HostResponse } from '../shared/responses';
import type { InFlightRequest } from './in-flight-request';

/** How a child ended, and which requests may have caused it. */
export interface ChildExit {
  readonly cause: 'stalled' | 'exited';
  /** For the log: `no heartbeat for 3 s`, `exit code 1`. */
  readonly detail: string;
  readonly suspects: readonly InFlightRequest[];
}

/** Names every suspect: with several, the cause is unknown. */
export function explainExit({ cause, detail, suspects }: ChildExit): string {
  const what = cause === 'stalled' ? 'blocked' : 'ended';
  return `${nameSuspects(suspects)} ${what} the Functions runtime (${detail})`;
}

/** The response to a request whose Function was running when the child ended. */
export function exitResponse(request: InFlightRequest, exit: ChildExit): HostResponse {
  const message = explainExit(exit);
  if (!exit.suspects.includes(request)) {
    return {
      status: 503,
      code: 'function_interrupted',
      message: `${request.file} was interrupted and may have taken effect: ${message}`,
    };
  }
  return exit.cause === 'stalled'
    ? { status: 504, code: 'function_blocked', message }
    : { status: 502, code: 'function_crashed', message };
}

/** The response when the connection to a running Function broke and the child lives on. */
export function connectionLost({ file }: InFlightRequest): HostResponse {
  const message = `The connection to ${file} was lost; it may have taken effect`;
  return { status: 502, code: 'function_crashed', message };
}

function nameSuspects(suspects: readonly InFlightRequest[]): string {
  const files = [...new Set(suspects.map(({ file }) => file))];
  if (files.length === 0) return 'Code outside any request';
  return files.length === 1 ? String(files[0]) : `One of ${files.join(', ')}`;
}
