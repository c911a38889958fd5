import type { Attributes } from './lifecycle-response';

/**
 * What every task of a phone call has, and what says nothing that `from` and `to` do not.
 * Source: https://www.twilio.com/docs/voice/twiml/enqueue#enqueue-to-a-taskrouter-workflow
 */
const ofEveryCall =
  /^(account_sid|api_version|call_sid|call_status|called|caller|conference|direction|worker_call_sid|(from|to|called|caller)_(city|state|zip|country))$/;

/** The attributes that tell a task from others, in a few lines. The timeline shows all. */
export function shownAttributes(attributes: Attributes): [string, unknown][] {
  const entries = Object.entries(attributes ?? {});
  if (typeof attributes?.call_sid !== 'string') return entries;
  const own = entries.filter(([name]) => !ofEveryCall.test(name));
  return own.length > 0 ? own : entries;
}
