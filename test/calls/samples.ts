import type { Call } from '../../assets/calls/call';
import type { CallClient } from '../../assets/calls/call-client';
import type { CallFeedState } from '../../assets/calls/call-feed';
import { Store } from '../../assets/design/store';

/** A caller's call in progress. */
export function aCall(part: Partial<Call> = {}): Call {
  return {
    call_sid: `CA${'a'.repeat(32)}`,
    from: '+15550111',
    to: '+15555550100',
    direction: 'inbound',
    parent_call_sid: null,
    status: 'in-progress',
    task_sid: null,
    worker_sid: null,
    reservation_sid: null,
    date_created: '2026-01-31T12:00:00.000Z',
    answered_at: '2026-01-31T12:00:01.000Z',
    ended_at: null,
    line_count: 0,
    transcript: [],
    ...part,
  };
}

/** The calls as a test says. */
export class FeedDouble extends Store<CallFeedState> {
  readonly now = () => Date.parse('2026-01-31T12:00:05Z');
  constructor() {
    super({ connection: 'closed', calls: new Map() });
  }
  open(): void {
    this.connect('open');
  }
  connect(connection: CallFeedState['connection']): void {
    this.change({ connection });
  }
  show(...calls: Call[]): void {
    const shown = calls.map((call) => [call.call_sid, call] as const);
    this.change({ calls: new Map([...this.state.calls, ...shown]) });
  }
}

interface CallRequest {
  readonly request: readonly string[];
  respond(call: Call): void;
  refuse(message: string): void;
}

/** The requests of a page, which the test responds to. */
export function clientDouble(): { readonly client: CallClient; readonly requests: CallRequest[] } {
  const requests: CallRequest[] = [];
  const send = (...request: string[]) =>
    new Promise<Call>((respond, reject) =>
      requests.push({ request, respond, refuse: (message) => reject(new Error(message)) }),
    );
  const client: CallClient = {
    begin: (from, to) => send('begin', from, to),
    press: (sid, digits) => send('press', sid, digits),
    say: (sid, words) => send('say', sid, words),
    act: (sid, action) => send('act', sid, action),
  };
  return { client, requests };
}
