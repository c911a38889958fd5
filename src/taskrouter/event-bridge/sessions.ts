import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../system/clock';
import type { EventType } from '../model/event-types';
import type { Commit, TaskRouter } from '../taskrouter';
import { DisconnectedWorkers } from './disconnected-workers';
import { messageOf } from './messages';
import { closeCodes, type Session } from './session';

interface SessionsOptions {
  readonly taskRouter: TaskRouter;
  readonly accountSid: string;
  /** How often each client gets a heartbeat, in milliseconds. */
  readonly heartbeatMs: number;
  readonly onError: (error: unknown) => void;
}

interface SessionOptions {
  /** Whether the other connections of the worker are closed. */
  readonly closesOthers: boolean;
  /** Whether the worker goes Offline with its last connection. */
  readonly setsOffline: boolean;
  /** How long the token is still valid. */
  readonly remainingMs: number;
}

/** Our choice: how long clients may take to close their connections when the service stops, in milliseconds. */
const closingMs = 500;

const removals: ReadonlySet<EventType> = new Set(['worker.deleted', 'workspace.deleted']);

/** The connections of all workers, and the messages to them: what is durable, in the order of the events. */
export class Sessions {
  private readonly ofWorkers = new Map<string, Set<Session>>();
  private heartbeat: NodeJS.Timeout | undefined;
  private readonly clock: Clock;
  private readonly disconnected: DisconnectedWorkers;

  constructor(private readonly options: SessionsOptions) {
    const { taskRouter, onError } = options;
    this.clock = taskRouter.clock;
    const isConnected = (workerSid: string) => this.ofWorkers.has(workerSid);
    this.disconnected = new DisconnectedWorkers({ taskRouter, isConnected, onError });
    taskRouter.onCommit((commit) => this.deliver(commit));
    taskRouter.onClear(() => this.closeAll(closeCodes.restarted, 'The TaskRouter was reset'));
  }

  open(session: Session, { closesOthers, setsOffline, remainingMs }: SessionOptions): void {
    const { workerSid, workspaceSid } = session.token;
    if (closesOthers) this.closeSessionsOf(workerSid, closeCodes.replaced, 'Another session was opened');
    this.add(session);
    let isExpired = false;
    const expire = () => {
      isExpired = true;
      session.close(closeCodes.tokenRefused, 'The Access Token has expired');
    };
    const cancel = this.clock.wakeAt(this.clock.now() + remainingMs, expire, 'upkeep');
    session.onClose(() => {
      cancel();
      const isLast = this.remove(session);
      if (!isLast || !setsOffline) return;
      if (isExpired) this.disconnected.setOfflineUnlessRenewed(session.token);
      else this.disconnected.setOffline(session.token);
    });
    const payload = {
      channel_id: workerSid,
      account_sid: this.options.accountSid,
      workspace_sid: workspaceSid,
      token_lifetime: remainingMs,
    };
    session.send(JSON.stringify({ event_type: 'init', payload }));
  }

  /** Closes every connection, and resolves when all are closed. */
  async stop(): Promise<void> {
    const closing = this.closeAll(closeCodes.stopping, 'The TaskRouter is stopping');
    const closed = closing.map((session) => new Promise<void>((resolve) => session.onClose(resolve)));
    await Promise.race([Promise.all(closed), wait(closingMs, undefined, { ref: false })]);
    for (const session of closing) session.terminate();
  }

  private deliver({ events, subjects }: Commit): void {
    if (this.ofWorkers.size === 0) return;
    events.forEach(({ type, date, resourceSid }, index) => {
      const context = { accountSid: this.options.accountSid, view: this.options.taskRouter.view, now: date };
      const message = messageOf(type, subjects[index], context);
      const readers = message?.workerSids.flatMap((sid) => [...(this.ofWorkers.get(sid) ?? [])]) ?? [];
      if (message && readers.length > 0) {
        const text = JSON.stringify({ event_type: type, payload: message.payload() });
        for (const session of readers) session.send(text);
      }
      if (removals.has(type)) this.closeSessionsOfRemoved(resourceSid);
    });
  }

  private add(session: Session): void {
    const { workerSid } = session.token;
    const sessions = this.ofWorkers.get(workerSid) ?? new Set();
    this.ofWorkers.set(workerSid, sessions.add(session));
    // Only while somebody is connected.
    this.heartbeat ??= setInterval(() => this.beat(), this.options.heartbeatMs).unref();
  }

  /** @returns whether it was the last one of its worker */
  private remove(session: Session): boolean {
    const { workerSid } = session.token;
    const sessions = this.ofWorkers.get(workerSid);
    if (!sessions?.delete(session) || sessions.size > 0) return false;
    this.ofWorkers.delete(workerSid);
    if (this.ofWorkers.size === 0) this.stopHeartbeat();
    return true;
  }

  private beat(): void {
    for (const session of this.all()) session.beat();
  }

  private stopHeartbeat(): void {
    clearInterval(this.heartbeat);
    this.heartbeat = undefined;
  }

  /** @param sid of a worker or a workspace */
  private closeSessionsOfRemoved(sid: string): void {
    for (const session of this.all())
      if (session.token.workerSid === sid || session.token.workspaceSid === sid)
        session.close(closeCodes.tokenRefused, 'The Worker was deleted');
  }

  private closeSessionsOf(workerSid: string, code: number, reason: string): void {
    for (const session of this.ofWorkers.get(workerSid) ?? []) session.close(code, reason);
  }

  /** Forgets the connections first, because no worker goes Offline when it is the service that ends them. */
  private closeAll(code: number, reason: string): readonly Session[] {
    const sessions = this.all();
    this.ofWorkers.clear();
    this.stopHeartbeat();
    this.disconnected.stop();
    for (const session of sessions) session.close(code, reason);
    return sessions;
  }

  private all(): readonly Session[] {
    return [...this.ofWorkers.values()].flatMap((sessions) => [...sessions]);
  }
}
