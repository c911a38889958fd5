import { isLoopbackHost } from '../../common/loopback';
import { masked } from '../../common/secrets';
import { InvalidParameter } from '../model/errors';
import type { CallbackRecord } from '../webhooks/callback-record';
import type { ReplayEdits } from '../webhooks/replays';
import { wireUrl } from '../webhooks/wire-url';
import type { CallbackEntry } from './callback-log';

/** The requested changes, relative to the log, in which secrets are masked. */
interface RequestedEdits {
  readonly url?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * The complete edits: a value that is unchanged from the log gets its unmasked value back.
 * @throws InvalidParameter if a replay must not go to this URL, or if a changed value still contains ***
 */
export function replayEdits(
  entry: CallbackEntry,
  record: CallbackRecord,
  requested: RequestedEdits,
): ReplayEdits {
  const shown = entry.attempts[0];
  const real = record.attempts[0];
  if (!shown || !real)
    throw new InvalidParameter(`Callback ${entry.id} was never sent, so it cannot be replayed`);
  const url = restored('url', requested.url ?? shown.url, shown.url, real.url);
  requireKnownHost(url, record);
  const parameters = Object.entries(requested.parameters ?? shown.request.parameters).map(([name, value]) => [
    name,
    restored(name, value, shown.request.parameters[name], real.request.parameters[name]),
  ]);
  return { url, parameters: Object.fromEntries(parameters) };
}

function restored(name: string, wanted: string, shown: string | undefined, real: string | undefined): string {
  if (wanted === shown && real !== undefined) return real;
  if (!wanted.includes(masked)) return wanted;
  throw new InvalidParameter(
    `${name} contains ${masked}, which stands for a secret: leave the value unchanged, or replace it entirely`,
  );
}

/**
 * Our choice: a replay, which has a valid signature, goes only to the callback's own host or to this computer. Otherwise its
 * receiver could pass it to another receiver of the same account as a request from Twilio.
 */
function requireKnownHost(url: string, { attempts }: CallbackRecord): void {
  const target = wireUrl(url);
  if (!target) throw new InvalidParameter(`Value '${url}' provided for url is not an http or https URL`);
  const isKnown = attempts.some((attempt) => wireUrl(attempt.url)?.origin === target.origin);
  if (isKnown || isLoopbackHost(new URL(target.origin).hostname)) return;
  throw new InvalidParameter(
    `A replay goes only to the callback's own host or to this computer, not to ${target.origin}`,
  );
}
