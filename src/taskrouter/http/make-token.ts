import type { View } from '../engine/state/view';
import type { Workspace } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import { type Grant, maxTokenSeconds, type Role, type Signer, signAccessToken } from './access-token';
import { findWorker } from './find-worker';

interface TokenRequest {
  /** SID or name; an admin needs none. */
  readonly worker?: string | undefined;
  readonly role?: Role | undefined;
  readonly ttlSeconds?: number | undefined;
  /** Default: the only workspace, or the worker's. */
  readonly workspaceSid?: string | undefined;
}

export interface MadeToken extends Grant {
  readonly token: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

const defaultTtlSeconds = 3600;

/** Signs a token of the worker SDK. @throws InvalidParameter */
export function makeToken(
  view: View,
  signer: Signer,
  now: number,
  { role = 'worker', ttlSeconds = defaultTtlSeconds, ...request }: TokenRequest,
): MadeToken {
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > maxTokenSeconds)
    throw InvalidParameter.outOfRange('ttl', ttlSeconds, `1 to ${maxTokenSeconds} whole seconds`);
  const { identity, ...grant } =
    request.worker === undefined
      ? ofAdmin(view, role, request)
      : ofWorker(view, role, request.worker, request);
  const token = signAccessToken(signer, { ...grant, identity }, { now, ttlSeconds });
  return { ...grant, token, expiresAt: (Math.floor(now / 1000) + ttlSeconds) * 1000 };
}

type IdentifiedGrant = Grant & { readonly identity: string };

function ofWorker(
  view: View,
  role: Role,
  sidOrName: string,
  { workspaceSid }: TokenRequest,
): IdentifiedGrant {
  const worker = findWorker(view, sidOrName, workspaceSid);
  if (!worker)
    throw new InvalidParameter(`There is no Worker '${sidOrName}': use the name or the SID of one`);
  return { role, workspaceSid: worker.workspaceSid, workerSid: worker.sid, identity: worker.friendlyName };
}

/** Our choice: an admin's identity is the name of the role. */
function ofAdmin(view: View, role: Role, { workspaceSid }: TokenRequest): IdentifiedGrant {
  if (role !== 'admin') throw InvalidParameter.missing('worker');
  return { role, workspaceSid: workspaceOf(view, workspaceSid).sid, workerSid: null, identity: role };
}

function workspaceOf(view: View, sid: string | undefined): Workspace {
  const all = [...view.all('workspaces')];
  const found = sid === undefined ? all : all.filter((workspace) => workspace.sid === sid);
  const [only, ...others] = found;
  if (!only) throw new InvalidParameter('There is no such Workspace');
  if (others.length > 0) throw InvalidParameter.missing('workspace_sid');
  return only;
}
