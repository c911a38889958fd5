import type { CallbackEntry, ClockState } from './entries';

/** What the service refused, in its own words. */
export class RequestRejected extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

export interface Replayed {
  readonly callback: Omit<CallbackEntry, 'type'>;
  readonly differences: readonly string[];
}

/** What the page can order; all of it by POST, to its own origin. @throws Refused */
export interface ControlClient {
  reset(): Promise<void>;
  clock(form: Readonly<Record<string, string>>): Promise<ClockState & { readonly moved: boolean }>;
  replay(id: number, url: string, parameters: Readonly<Record<string, string>>): Promise<Replayed>;
}

export function controlClient(origin: string): ControlClient {
  const post = async <Answer>(path: string, form: Readonly<Record<string, string>>): Promise<Answer> => {
    const response = await fetch(`${origin}/_taskrouter/${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    }).catch(() => {
      throw new RequestRejected(0, 'The local TaskRouter cannot be reached.');
    });
    const answer = (await response.json().catch(() => ({}))) as Answer & { readonly message?: string };
    if (!response.ok)
      throw new RequestRejected(response.status, answer.message ?? `${path}: ${response.status}`);
    return answer;
  };
  return {
    reset: async () => void (await post('reset', {})),
    clock: (form) => post('clock', form),
    replay: (id, url, parameters) =>
      post(`callbacks/${id}/replay`, { url, parameters: JSON.stringify(parameters) }),
  };
}
