import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallBook } from '../voice/calls/call-book';
import type { CallView } from '../voice/calls/call-view';
import { callToJson } from './calls';
import type { ServerSentEvents } from './server-sent-events';

interface CallQuery {
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly callSid?: string | undefined;
}

/**
 * Sends the calls to a reader: all of them, oldest first, and then each that has changed, once for each turn of the event
 * loop. They have no ID, because a reader that returns gets them all again. A slow reader misses only what has changed
 * since.
 */
export class CallUpdates {
  private readonly changed = new Map<string, CallView>();
  private readonly stopListening: () => void;
  private isSending = false;

  constructor(
    private readonly events: Pick<ServerSentEvents, 'send' | 'drained' | 'isOpen'>,
    private readonly calls: Pick<CallBook, 'list' | 'onChange'>,
    private readonly query: CallQuery,
  ) {
    this.stopListening = calls.onChange((call) => this.add(call));
    this.sendAll();
  }

  /** To be called after the reader has forgotten all calls. */
  sendAll(): void {
    for (const call of [...this.calls.list()].reverse()) this.add(call);
  }

  stop(): void {
    this.stopListening();
  }

  private add(call: CallView): void {
    this.changed.set(call.sid, call);
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    do {
      await nextTurn();
      const changed = [...this.changed.values()];
      this.changed.clear();
      for (const call of changed) this.sendOne(call);
      await this.events.drained();
    } while (this.events.isOpen && this.changed.size > 0);
    this.isSending = false;
  }

  private sendOne(call: CallView): void {
    const { taskSid, workerSid, callSid } = this.query;
    if (callSid !== undefined && call.sid !== callSid) return;
    if (taskSid !== undefined && call.taskSid !== taskSid) return;
    if (workerSid !== undefined && call.workerSid !== workerSid) return;
    this.events.send('call', callToJson(call));
  }
}
