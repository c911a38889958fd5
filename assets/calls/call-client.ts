import type { Call } from './call';
import { KeyQueue } from './key-queue';

/** What the person at a phone does. */
export type CallAction = 'answer' | 'decline' | 'hang_up';

/** The requests for calls. Each throws an Error with a message for the reader. */
export interface CallClient {
  /** Resolves when the call waits for a person or for time to pass, or is over. @param to empty for the usual number */
  begin(from: string, to: string): Promise<Call>;
  press(callSid: string, digits: string): Promise<Call>;
  say(callSid: string, words: string): Promise<Call>;
  act(callSid: string, action: CallAction): Promise<Call>;
}

/** Where the Functions host forwards requests for calls to the local TaskRouter. */
export const callsPath = '/_taskrouter/calls';

/** @param origin without credentials */
export function callClient(origin: string): CallClient {
  const post = async (path: string, form: Record<string, string>): Promise<Call> => {
    const init = { method: 'POST', body: new URLSearchParams(form), headers: { Accept: 'application/json' } };
    const response = await fetch(`${origin}${callsPath}${path}`, init).catch(() => {
      throw new Error('TaskRouter cannot be reached.');
    });
    const body = (await response.json().catch(() => null)) as (Call & { message?: string }) | null;
    if (response.ok && body) return body;
    throw new Error(body?.message ?? `The response has the status ${response.status}.`);
  };
  const keypads = new Map<string, KeyQueue>();
  const keypadOf = (callSid: string): KeyQueue => {
    const keypad = keypads.get(callSid) ?? new KeyQueue((digits) => post(`/${callSid}`, { digits }));
    keypads.set(callSid, keypad);
    return keypad;
  };
  return {
    begin: (from, to) => post('', { from, ...(to && { to }) }),
    press: (callSid, digits) => keypadOf(callSid).press(digits),
    say: (callSid, speech) => post(`/${callSid}`, { speech }),
    act: (callSid, action) => post(`/${callSid}`, { action }),
  };
}
