import type { View } from '../../src/taskrouter/engine/state/view';
import type { Change } from '../../src/taskrouter/model/changes';
import type { Command } from '../../src/taskrouter/model/commands';
import type { Delivery } from '../../src/taskrouter/model/entities';
import type { Commit } from '../../src/taskrouter/taskrouter';
import type { DeliveriesOptions } from '../../src/taskrouter/webhooks/deliveries';

/** An outbox that commits in the next turn of the event loop, as the real one does. Settling removes a row. */
export class FakeTaskRouter {
  readonly settled: Command[] = [];
  readonly rows = new Map<string, Delivery>();
  /** The error with which a command is refused; null carries it out. */
  refuses: (command: Command) => Error | null = () => null;
  private readonly listeners = new Set<(commit: Commit) => void>();

  get asOptions(): DeliveriesOptions['taskRouter'] {
    return this as unknown as DeliveriesOptions['taskRouter'];
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async read<Answer>(query: (view: View, now: number) => Answer): Promise<Answer> {
    const view = { all: () => this.rows.values(), find: () => undefined } as unknown as View;
    const result = query(view, 0);
    await turn();
    return result;
  }

  async execute(command: Command): Promise<undefined> {
    const refusal = this.refuses(command);
    if (refusal) throw refusal;
    this.settled.push(command);
    await turn();
    if (command.type === 'SettleAssignmentCallback') this.withdraw(command.reservationSid);
    if (command.type === 'SettleEventCallback') this.withdraw(command.eventSid);
    return undefined;
  }

  /** Adds deliveries to the outbox in one commit. */
  commit(...deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) this.rows.set(delivery.sid, delivery);
    this.tell(
      deliveries.map((after) => ({ table: 'deliveries', sid: after.sid, before: undefined, after }) as const),
    );
  }

  /** Removes a delivery from the outbox. */
  withdraw(sid: string): void {
    const before = this.rows.get(sid);
    if (this.rows.delete(sid)) this.tell([{ table: 'deliveries', sid, before, after: undefined }]);
  }

  tell(changes: readonly Change[]): void {
    for (const listener of this.listeners)
      listener({ changes, events: [], subjects: [], alerts: [], writeMs: 0 });
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
