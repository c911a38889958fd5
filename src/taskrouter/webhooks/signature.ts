import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

/** Form parameters: a name that occurs several times has a list. */
export type FormParameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The value of `X-Twilio-Signature` for a form POST: base64 of the HMAC-SHA1 of the URL and the sorted parameters.
 * A `#fragment` holds connection overrides and is neither sent nor signed. The rest of the URL counts as it is
 * written, port and user information included.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signatureOf(authToken: string, url: string, parameters: FormParameters): string {
  return getExpectedTwilioSignature(authToken, url.replace(/#.*$/s, ''), parameters);
}

/**
 * The text that the signature is made of: the URL, then each parameter's name and value, sorted by name, with nothing
 * between them. For people to look at: the signature itself is made by Twilio's own function above.
 */
export function signedText(url: string, parameters: Readonly<Record<string, string>>): string {
  const names = Object.keys(parameters).sort();
  return url.replace(/#.*$/s, '') + names.map((name) => name + parameters[name]).join('');
}
