import { VirtualClock } from '../../system/virtual-clock';
import { virtualTimeConcurrency } from './concurrency-limiter';
import { Deliveries, type DeliveriesOptions } from './deliveries';
import type { Transport } from './transport';

interface CallbackSenderOptions
  extends Pick<DeliveriesOptions, 'taskRouter' | 'accountSid' | 'authToken' | 'clock' | 'log' | 'onError'> {
  readonly newTransport: () => Transport;
}

/** Sends callbacks between `start` and `stop`, any number of times. */
export class CallbackSender {
  private deliveries: Deliveries | null = null;

  constructor(private readonly options: CallbackSenderOptions) {}

  get isRunning(): boolean {
    return this.deliveries !== null;
  }

  get isBusy(): boolean {
    return this.deliveries?.isBusy ?? false;
  }

  async start(): Promise<void> {
    this.deliveries ??= this.create();
    await this.deliveries.start();
  }

  /** @param graceMs how long callbacks in progress may take to finish */
  async stop(graceMs?: number): Promise<void> {
    const stopping = this.deliveries;
    this.deliveries = null;
    await stopping?.stop(graceMs);
  }

  async idle(): Promise<void> {
    await this.deliveries?.idle();
  }

  private create(): Deliveries {
    const { newTransport, ...options } = this.options;
    return new Deliveries({
      ...options,
      transport: newTransport(),
      // An advance of a virtual clock waits for all callbacks, so none of them waits for another one.
      ...(options.clock instanceof VirtualClock && {
        concurrency: virtualTimeConcurrency,
        eventsInOrder: false,
      }),
    });
  }
}
