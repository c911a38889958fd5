import { maxTimerMs } from '../../system/clock';
import { type AccessToken, readAccessToken, type Signer } from '../http/access-token';
import { AccessTokenRefused } from '../http/request-errors';
import type { TaskRouter } from '../taskrouter';
import { remainingMs } from './token-clock';

/** Reads a token that is valid now. @throws AccessTokenRefused */
export type ReadToken = (text: string) => {
  readonly token: AccessToken;
  /** How long it is still valid, in milliseconds; at most as long as a timer can wait. */
  readonly remainingMs: number;
};

export function tokenReader({ view, clock }: TaskRouter, signer: Signer): ReadToken {
  return (text) => {
    const token = readAccessToken(text, signer);
    const remaining = remainingMs(token, clock, Date.now());
    requireOwner(view, token);
    return { token, remainingMs: Math.min(remaining, maxTimerMs) };
  };
}

/** @throws AccessTokenRefused if the workspace or the worker of the token does not exist */
function requireOwner(view: TaskRouter['view'], { workspaceSid, workerSid }: AccessToken): void {
  const worker = workerSid === null ? undefined : view.find('workers', workerSid);
  const isKnown = workerSid === null || worker?.workspaceSid === workspaceSid;
  if (!view.find('workspaces', workspaceSid) || !isKnown) throw new AccessTokenRefused('unknown');
}
