import type { Slices } from '../../common/slices';
import type { AccessToken } from '../http/access-token';
import { requireMatch } from '../http/if-match';
import type { ApiOptions } from '../http/options';
import { Parameters } from '../http/parameters';
import type { PathRows, PathTable } from '../http/path';
import { Forbidden } from '../http/request-errors';
import type { Command, ResultOf } from '../model/commands';
import type { Tables } from '../model/entities';
import type { BridgeRequest } from './bridge-request';
import type { PayloadContext } from './payloads';

interface CallDetails {
  readonly request: BridgeRequest;
  readonly token: AccessToken;
  /** What the path names. */
  readonly rows: PathRows;
  readonly context: PayloadContext;
  readonly ifMatch: string | undefined;
  /** The names of the call's parameters; others have no effect. */
  readonly known: readonly string[];
  /** Filters long lists. */
  readonly slices: Slices;
  readonly conferenceControl: ApiOptions['conferenceControl'];
  readonly execute: <C extends Command>(command: C) => Promise<ResultOf<C>>;
}

/** One call of the worker SDK. */
export class Call {
  readonly parameters: Parameters;
  readonly token: AccessToken;
  readonly context: PayloadContext;
  readonly slices: Slices;
  readonly conferenceControl: ApiOptions['conferenceControl'];
  private readonly rows: PathRows;
  private readonly ifMatch: string | undefined;

  constructor(private readonly details: CallDetails) {
    const { request, known } = details;
    this.parameters = new Parameters(new Map([...request.form].filter(([name]) => known.includes(name))));
    this.token = details.token;
    this.context = details.context;
    this.slices = details.slices;
    this.conferenceControl = details.conferenceControl;
    this.rows = details.rows;
    this.ifMatch = details.ifMatch;
  }

  /** What the path names in this table. */
  row<Name extends PathTable>(table: Name): Tables[Name] {
    const row: Tables[Name] | undefined = this.rows[table];
    if (!row) throw new Error(`${this.details.request.path} names no ${table}`);
    return row;
  }

  has(table: PathTable): boolean {
    return this.rows[table] !== undefined;
  }

  /** @throws PreconditionFailed, InvalidParameter as `requireMatch` does */
  requireMatch(row: { readonly version: number }): void {
    requireMatch(this.ifMatch, row);
  }

  execute<C extends Command>(command: C): Promise<ResultOf<C>> {
    return this.details.execute(command);
  }
}

/** Who may make a call. Our choice, as Twilio documents the roles by name only. @throws Forbidden */
export type Permission = (call: Call) => void;

/** The worker of the token, and supervisors and admins of the workspace. */
export const ownWorkerOrSupervisor: Permission = (call) => {
  if (!isSupervisor(call)) ownWorker(call);
};

/** The worker of the token. */
export const ownWorker: Permission = (call) => {
  if (call.token.workerSid !== call.row('workers').sid) throw refusal(call, 'another Worker');
};

export const supervisor: Permission = (call) => {
  if (!isSupervisor(call)) throw refusal(call, 'what only supervisors and admins may see or do');
};

/** A worker to whom the task is offered, or who has accepted it. */
export const taskHolder: Permission = (call) => {
  const { view } = call.context;
  const reservations = view.reservationsOfTask(call.row('tasks').sid);
  const isHeld = reservations.some(
    ({ workerSid, status }) => workerSid === call.token.workerSid && held.has(status),
  );
  if (!isHeld) throw refusal(call, 'a Task without a Reservation for this Worker');
};

/** Completed ones as well, so that completing twice gets Twilio's error. */
const held: ReadonlySet<string> = new Set(['pending', 'accepted', 'wrapping', 'completed']);

export const taskHolderOrSupervisor: Permission = (call) => {
  if (!isSupervisor(call)) taskHolder(call);
};

export const everyone: Permission = () => undefined;

/** All calls stay in the workspace of the token. */
export const ownWorkspace: Permission = (call) => {
  if (call.token.workspaceSid !== call.row('workspaces').sid) throw refusal(call, 'another Workspace');
};

const isSupervisor = ({ token }: Call): boolean => token.role !== 'worker';

const refusal = ({ token }: Call, what: string) =>
  new Forbidden(`The Access Token has the role ${token.role} and is not for ${what}`);
