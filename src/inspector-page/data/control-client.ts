import type { Explanation } from '../../../assets/explanation/explanation';
import type { CallbackEntry, ClockState } from './entries';
import { subjectKind } from './subject-kind';

/** The service rejected a request. The message is the service's own. */
export class RequestRejected extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

interface Replayed {
  readonly callback: Omit<CallbackEntry, 'type'>;
  readonly differences: readonly string[];
}

/** Requests to the page's own origin, besides the stream. @throws RequestRejected */
export interface ControlClient {
  reset(): Promise<void>;
  clock(form: Readonly<Record<string, string>>): Promise<ClockState & { readonly moved: boolean }>;
  replay(id: number, url: string, parameters: Readonly<Record<string, string>>): Promise<Replayed>;
  /** Why a task (WT…) waits, a worker (WK…) is offered nothing, or a reservation (WR…) went to its worker. */
  explain(sid: string): Promise<Explanation>;
}

export function controlClient(origin: string): ControlClient {
  const send = async <Body>(path: string, init?: RequestInit): Promise<Body> => {
    const response = await fetch(`${origin}/_taskrouter/${path}`, init).catch(() => {
      throw new RequestRejected(0, 'The local TaskRouter cannot be reached.');
    });
    const body = (await response.json().catch(() => ({}))) as Body & { readonly message?: string };
    if (!response.ok)
      throw new RequestRejected(response.status, body.message ?? `${path}: ${response.status}`);
    return body;
  };
  const post = <Body>(path: string, form: Readonly<Record<string, string>>) =>
    send<Body>(path, { method: 'POST', body: new URLSearchParams(form) });
  return {
    reset: async () => void (await post('reset', {})),
    clock: (form) => post('clock', form),
    replay: (id, url, parameters) =>
      post(`callbacks/${id}/replay`, { url, parameters: JSON.stringify(parameters) }),
    explain: (sid) => send(`explain?${subjectKind(sid)}_sid=${sid}`),
  };
}
