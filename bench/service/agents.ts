import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Reservation, Worker } from 'twilio-taskrouter';
import { agentName } from '../agent-workspace';
import type { Api } from './api';
import type { Service } from './service';

/** The genuine SDK, which is not part of the bundle of the bench. */
const sdk = () =>
  createRequire(path.resolve('package.json'))('twilio-taskrouter') as typeof import('twilio-taskrouter');

/** A token of the worker SDK for the worker with this number. */
export async function tokenOf({ origin, headers }: Service, index: number): Promise<string> {
  const body = new URLSearchParams({ worker: agentName(index) });
  const response = await fetch(`${origin}/_taskrouter/tokens`, { method: 'POST', headers, body });
  if (response.status !== 201) throw new Error(`No token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { readonly token: string }).token;
}

/** An agent's desktop: the genuine worker SDK, connected to a service. */
export class Agent {
  private constructor(
    private readonly worker: Worker,
    private readonly api: Api,
    private readonly activities: Readonly<Record<'Idle' | 'Offline', string>>,
  ) {}

  static async connect(service: Service, api: Api, index: number): Promise<Agent> {
    const { Worker: SdkWorker } = sdk();
    const ebServer = `${service.origin}/v1/wschannels`;
    const options = { ebServer, wsServer: ebServer.replace(/^http/, 'ws'), logLevel: 'silent' };
    const worker = new SdkWorker(await tokenOf(service, index), options as never);
    await once(worker, 'ready');
    const sidOf = (name: string) =>
      [...worker.activities.values()].find((activity) => activity.name === name)?.sid ?? '';
    return new Agent(worker, api, { Idle: sidOf('Idle'), Offline: sidOf('Offline') });
  }

  /** A task comes, the agent becomes available, gets the offer, and completes it. @returns milliseconds to the offer */
  async takeTask(): Promise<number> {
    await this.api.expect(201, this.api.post('/Tasks', { Attributes: '{}' }));
    const offered = once(this.worker, 'reservationCreated');
    const started = performance.now();
    const available = this.setActivity('Idle');
    const [reservation] = (await offered) as [Reservation];
    const milliseconds = performance.now() - started;
    await available;
    await reservation.accept();
    // Before the task is complete, so that the agent gets no other.
    await this.setActivity('Offline');
    await reservation.complete();
    return milliseconds;
  }

  disconnect(): void {
    this.worker.disconnect();
  }

  private async setActivity(name: 'Idle' | 'Offline'): Promise<void> {
    const ActivitySid = this.activities[name];
    await this.api.expect(200, this.api.post(`/Workers/${this.worker.sid}`, { ActivitySid }));
  }
}
