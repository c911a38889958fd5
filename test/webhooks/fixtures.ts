import { SystemClock } from '../../src/system/system-clock';
import { CallbackLog } from '../../src/taskrouter/inspector/callback-log';
import type { Delivery } from '../../src/taskrouter/model/entities';
import { chooseTransport, type TransportOptions } from '../../src/taskrouter/webhooks/choose-transport';
import { Deliveries, type DeliveriesOptions } from '../../src/taskrouter/webhooks/deliveries';
import { FakeTaskRouter } from './fake-task-router';

export const authToken = 'fedcba9876543210fedcba9876543210';
export const accountSid = `AC${'0'.repeat(31)}1`;
const sid = (prefix: string, number: number) => prefix + number.toString(16).padStart(32, '0');

let sequence = 0;

export function assignmentDelivery(urls: readonly string[], partial: Partial<Delivery> = {}): Delivery {
  sequence++;
  const reservationSid = partial.sid ?? sid('WR', sequence);
  return {
    sid: reservationSid,
    sequence,
    dateCreated: 0,
    dateUpdated: 0,
    workspaceSid: sid('WS', 1),
    kind: 'assignment',
    taskSid: sid('WT', sequence),
    workerSid: sid('WK', 1),
    urls,
    parameters: {
      TaskSid: sid('WT', sequence),
      TaskAttributes: '{"selected_language":"es","name":"Zoë Ünal & Söhne = 100 %"}',
      ReservationSid: reservationSid,
    },
    ...partial,
  };
}

export function eventDelivery(url: string, partial: Partial<Delivery> = {}): Delivery {
  const delivery = assignmentDelivery([url]);
  return {
    ...delivery,
    kind: 'event',
    sid: sid('EV', delivery.sequence),
    parameters: { ...delivery.parameters, EventType: 'reservation.created' },
    ...partial,
  };
}

/** Deliveries with a fake outbox and a real log. `close` closes everything opened here. */
export class Bench {
  readonly taskRouter = new FakeTaskRouter();
  readonly log = new CallbackLog({ secrets: [authToken] });
  readonly errors: Error[] = [];
  readonly deliveries: Deliveries;
  private readonly receivers: { close(): Promise<void> }[] = [];

  private readonly isInRealTime: boolean;

  constructor({ respond, newAgent, ...options }: Partial<DeliveriesOptions> & TransportOptions = {}) {
    this.isInRealTime = options.clock === undefined;
    this.deliveries = new Deliveries({
      taskRouter: this.taskRouter.asOptions,
      accountSid,
      authToken,
      log: this.log,
      clock: new SystemClock(),
      transport: chooseTransport({ respond, newAgent }),
      onError: (error) => this.errors.push(error),
      ...options,
    });
  }

  async with<One extends { close(): Promise<void> }>(receiver: Promise<One>): Promise<One> {
    const opened = await receiver;
    this.receivers.push(opened);
    return opened;
  }

  /** Delivers the rows. @returns the log entry of the last one */
  async deliver(...rows: readonly Delivery[]) {
    await this.deliveries.start();
    this.taskRouter.commit(...rows);
    await this.idle();
    const [entry] = this.log.list({ limit: 1 });
    if (!entry) throw new Error('nothing was delivered');
    return entry;
  }

  /** A callback that timed out by the timer is idle while the system clock is up to a millisecond behind. */
  private async idle(): Promise<void> {
    do {
      await this.deliveries.idle();
    } while (this.isInRealTime && this.deliveries.size > 0);
  }

  async close(): Promise<void> {
    await this.deliveries.stop(0);
    for (const receiver of this.receivers) await receiver.close();
  }
}
