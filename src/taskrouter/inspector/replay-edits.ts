import { isLoopbackHost } from '../../common/loopback';
import { masked } from '../../common/secrets';
import { InvalidParameter } from '../model/errors';
import type { CallbackRecord } from '../webhooks/callback-record';
import type { ReplayEdits } from '../webhooks/replays';
import { wireUrl } from '../webhooks/wire-url';
import type { CallbackEntry } from './callback-log';

/** What somebody wants changed, in the words of the log, where secrets are masked. */
export interface WantedEdits {
  readonly url?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * The edits in full: what was left as the log shows it gets its real value back.
 * @throws InvalidParameter when a replay must not go there, or still says *** where a secret was
 */
export function replayEdits(entry: CallbackEntry, record: CallbackRecord, wanted: WantedEdits): ReplayEdits {
  const shown = entry.attempts[0];
  const real = record.attempts[0];
  if (!shown || !real)
    throw new InvalidParameter(`Callback ${entry.id} was never sent, so that it cannot be sent again`);
  const url = restored('url', wanted.url ?? shown.url, shown.url, real.url);
  requireKnownHost(url, record);
  const parameters = Object.entries(wanted.parameters ?? shown.request.parameters).map(([name, value]) => [
    name,
    restored(name, value, shown.request.parameters[name], real.request.parameters[name]),
  ]);
  return { url, parameters: Object.fromEntries(parameters) };
}

function restored(name: string, wanted: string, shown: string | undefined, real: string | undefined): string {
  if (wanted === shown && real !== undefined) return real;
  if (!wanted.includes(masked)) return wanted;
  throw new InvalidParameter(
    `${name} says ${masked}, which stands for a secret: leave it wholly as it was, or write the value itself`,
  );
}

/**
 * Our choice: signed requests are sent to where this callback went, or to this computer, and nowhere else. Whoever held
 * one could otherwise show it to another receiver of the same account as Twilio's word.
 */
function requireKnownHost(url: string, { attempts }: CallbackRecord): void {
  const target = wireUrl(url);
  if (!target) throw new InvalidParameter(`Value '${url}' provided for url is not an http or https URL`);
  const isKnown = attempts.some((attempt) => wireUrl(attempt.url)?.origin === target.origin);
  if (isKnown || isLoopbackHost(new URL(target.origin).hostname)) return;
  throw new InvalidParameter(
    `A replay is signed, and goes only to where the callback went or to this computer, not to ${target.origin}`,
  );
}
