import type { CallbackEntry, ClockState } from './entries';

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

/** Requests that change the service, sent by POST to the page's own origin. @throws RequestRejected */
export interface ControlClient {
  reset(): Promise<void>;
  clock(form: Readonly<Record<string, string>>): Promise<ClockState & { readonly moved: boolean }>;
  replay(id: number, url: string, parameters: Readonly<Record<string, string>>): Promise<Replayed>;
}

export function controlClient(origin: string): ControlClient {
  const post = async <Body>(path: string, form: Readonly<Record<string, string>>): Promise<Body> => {
    const response = await fetch(`${origin}/_taskrouter/${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    }).catch(() => {
      throw new RequestRejected(0, 'The local TaskRouter cannot be reached.');
    });
    const body = (await response.json().catch(() => ({}))) as Body & { readonly message?: string };
    if (!response.ok)
      throw new RequestRejected(response.status, body.message ?? `${path}: ${response.status}`);
    return body;
  };
  return {
    reset: async () => void (await post('reset', {})),
    clock: (form) => post('clock', form),
    replay: (id, url, parameters) =>
      post(`callbacks/${id}/replay`, { url, parameters: JSON.stringify(parameters) }),
  };
}
