import type { Slices } from '../../common/slices';
import type { AccessToken } from '../http/access-token';
import type { ApiOptions } from '../http/options';
import { resolvePath } from '../http/path';
import { MethodNotAllowed, notFound } from '../http/request-errors';
import type { Origin } from '../model/events';
import type { TaskRouter } from '../taskrouter';
import type { BridgeRequest } from './bridge-request';
import { Call, ownWorkspace } from './call';
import { type CallType, callTypes } from './calls';

const patterns = callTypes.map((type) => ({
  type,
  pattern: new RegExp(`^${type.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}));

interface FoundCall {
  readonly type: CallType;
  /** The path parameters, by the table in which each is looked up. */
  readonly path: Readonly<Record<string, string>>;
}

/** @throws ResourceNotFound if the SDK has no call with this path, MethodNotAllowed if it has one with another method */
export function findCall({ path, method }: BridgeRequest): FoundCall {
  const found = patterns.flatMap(({ type, pattern }) => {
    const match = pattern.exec(path);
    return match ? [{ type, path: { ...match.groups } }] : [];
  });
  const call = found.find(({ type }) => type.method === method);
  if (call) return call;
  if (found.length > 0) throw new MethodNotAllowed(found.map(({ type }) => type.method));
  throw notFound(`/${path}`);
}

interface CallContext {
  readonly taskRouter: TaskRouter;
  readonly accountSid: string;
  readonly origin: Origin;
  readonly ifMatch: string | undefined;
  readonly slices: Slices;
  readonly conferenceControl: ApiOptions['conferenceControl'];
}

/**
 * Carries out a call for the owner of a token, and resolves with its payload once everything in it is durable.
 * Our choice: what the path names is looked up first, so that a SID that does not exist gets 404 from every role.
 * @throws TaskRouterError
 */
export function carryOut(
  { type, path }: FoundCall,
  request: BridgeRequest,
  token: AccessToken,
  { taskRouter, accountSid, origin, ifMatch, slices, conferenceControl }: CallContext,
): Promise<object> {
  return taskRouter.read(async (view, now) => {
    const call = new Call({
      request,
      token,
      rows: resolvePath(view, path, `/${request.path}`),
      context: { accountSid, view, now },
      ifMatch,
      known: type.parameters,
      slices,
      conferenceControl,
      execute: (command) => taskRouter.execute(command, origin),
    });
    ownWorkspace(call);
    type.permission(call);
    return type.handle(call);
  });
}
