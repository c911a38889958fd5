import { Pool } from 'undici';
import { basicAuthorization } from '../../src/common/http-basic';
import type { Random } from '../simulation/random';
import type { Ready } from '../support/taskrouter-process';
import type { Ledger } from './ledger';
import type { Offer } from './receiver';

const weights = { createTask: 30, changeTask: 12, reply: 45, finish: 45, worker: 10, activity: 8, queue: 6 };
const maxOpenTasks = 25;

interface Response {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What all clients share. */
export interface Shared {
  readonly ledger: Ledger;
  readonly offers: Offer[];
  /** Called with a response that no service may give. */
  readonly onFault: (fault: string) => void;
}

/**
 * A client with a worker, a queue, and tasks of its own, which nobody else changes. It survives the service, and goes on
 * where it was.
 */
export class Client {
  private pool: Pool | null = null;
  private ready: Ready | null = null;
  private isStopped = false;
  private workerSid: string | null = null;
  private queueSid: string | null = null;
  private lastStatusChange = '';
  private readonly open: string[] = [];
  private readonly accepted: string[] = [];
  private readonly finished: string[] = [];

  constructor(
    private readonly name: string,
    private readonly random: Random,
    private readonly shared: Shared,
  ) {}

  /** Sends one request after another until it is stopped or the service is gone. */
  async run(ready: Ready): Promise<void> {
    this.ready = ready;
    this.isStopped = false;
    const pool = new Pool(ready.taskrouterUrl, { connections: 1 });
    this.pool = pool;
    try {
      await this.settle();
      while (!this.isStopped) await this.actions[this.random.weighted(weights)]();
    } catch {
      // Whether the last request was carried out is unknown.
    } finally {
      await pool.destroy();
    }
  }

  stop(): void {
    this.isStopped = true;
  }

  /** After a torn log, what this client knew may be gone. */
  forget(): void {
    this.workerSid = null;
    this.queueSid = null;
    this.lastStatusChange = '';
    for (const list of [this.open, this.accepted, this.finished]) list.splice(0);
  }

  /** Creates what is this client's own. A worker whose creation was not acknowledged may exist, so names differ. */
  private async settle(): Promise<void> {
    const unique = `${this.name} ${this.random.integer(0, 1_000_000_000)}`;
    const { ledger } = this.shared;
    if (!this.queueSid) {
      const { status, body } = await this.send('POST', 'TaskQueues', { FriendlyName: `${unique} 0` });
      if (status === 201) this.queueSid = String(body.sid);
      if (this.queueSid) ledger.expectEvent('task-queue.created', this.queueSid);
    }
    if (this.workerSid) return;
    const ActivitySid = this.ready?.activities.Idle ?? '';
    const { status, body } = await this.send('POST', 'Workers', { FriendlyName: unique, ActivitySid });
    if (status === 201) this.workerSid = String(body.sid);
    if (this.workerSid) ledger.expectEvent('worker.created', this.workerSid);
  }

  private readonly actions: Record<keyof typeof weights, () => Promise<void>> = {
    createTask: async () => {
      if (this.open.length >= maxOpenTasks) return;
      const { status, body } = await this.send('POST', 'Tasks', { Attributes: '{"number":0}' });
      if (status !== 201) return;
      this.shared.ledger.expectEvent('task.created', String(body.sid));
      this.open.push(String(body.sid));
    },
    changeTask: async () => {
      const sid = this.random.maybeOf(this.open);
      if (sid) await this.write(sid, `Tasks/${sid}`, (number) => ({ Attributes: `{"number":${number}}` }));
    },
    reply: async () => {
      const { offers, ledger } = this.shared;
      const offer = offers.shift();
      if (!offer) return;
      const ReservationStatus = this.random.once(5) ? 'rejected' : 'accepted';
      const path = `Tasks/${offer.taskSid}/Reservations/${offer.reservationSid}`;
      const { status } = await this.send('POST', path, { ReservationStatus });
      if (status !== 200) return;
      ledger.expectEvent(`reservation.${ReservationStatus}`, offer.reservationSid);
      if (ReservationStatus === 'accepted') this.accepted.push(offer.taskSid);
    },
    finish: async () => {
      const done = this.finished.shift();
      if (done) await this.remove(done);
      // Instructions accept reservations, too.
      const sid = this.accepted.shift() ?? (this.random.once(5) ? this.random.maybeOf(this.open) : undefined);
      if (!sid) return;
      const { status } = await this.send('POST', `Tasks/${sid}`, {
        AssignmentStatus: 'completed',
        Reason: 'done',
      });
      if (status !== 200) return;
      this.shared.ledger.expectEvent('task.completed', sid);
      this.finished.push(sid);
    },
    worker: async () => {
      const sid = this.workerSid;
      if (sid) await this.write(sid, `Workers/${sid}`, (number) => ({ Attributes: `{"number":${number}}` }));
    },
    activity: async () => {
      const name = this.random.once(4) ? 'Offline' : 'Idle';
      const ActivitySid = this.ready?.activities[name] ?? '';
      if (!this.workerSid) return;
      const { status, body } = await this.send('POST', `Workers/${this.workerSid}`, { ActivitySid });
      // In seconds: several changes within one count as one.
      if (status !== 200 || body.date_status_changed === this.lastStatusChange) return;
      if (this.lastStatusChange) this.shared.ledger.expectEvent('worker.activity.update', this.workerSid);
      this.lastStatusChange = String(body.date_status_changed);
    },
    queue: async () => {
      const sid = this.queueSid;
      if (sid)
        await this.write(sid, `TaskQueues/${sid}`, (number) => ({ FriendlyName: `${this.name} ${number}` }));
    },
  };

  private async write(
    sid: string,
    path: string,
    form: (number: number) => Record<string, string>,
  ): Promise<void> {
    const number = this.shared.ledger.send(sid);
    const { status } = await this.send('POST', path, form(number));
    if (status === 200) this.shared.ledger.acknowledge(sid, number);
  }

  private async remove(sid: string): Promise<void> {
    const { status } = await this.send('DELETE', `Tasks/${sid}`);
    const at = this.open.indexOf(sid);
    if (at >= 0) this.open.splice(at, 1);
    if (status === 204) this.shared.ledger.expectDeletion('task.deleted', sid);
  }

  /** @throws Error if the connection is lost */
  private async send(
    method: 'POST' | 'DELETE',
    path: string,
    form?: Record<string, string>,
  ): Promise<Response> {
    const { pool, ready } = this;
    if (!pool || !ready) throw new Error('The client does not run.');
    const response = await pool.request({
      path: `/v1/Workspaces/${ready.workspaceSid}/${path}`,
      method,
      headers: {
        authorization: basicAuthorization(ready.accountSid, ready.authToken),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form ? new URLSearchParams(form).toString() : null,
    });
    const text = await response.body.text();
    const { statusCode: status } = response;
    if (status === 503) throw new Error('The service is stopping.');
    if (status >= 500) this.shared.onFault(`${method} ${path} got ${status}: ${text}`);
    return { status, body: text ? JSON.parse(text) : {} };
  }
}
