import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

export const signatureHeader = 'X-Twilio-Signature';

/** Form parameters; a repeated name has a list. */
type FormParameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The value of `X-Twilio-Signature` for a form POST: base64 of the HMAC-SHA1 of the URL and the sorted parameters.
 * The `#fragment` contains connection overrides and is neither sent nor signed. The rest of the URL is signed as written,
 * including port and user information.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function signatureOf(authToken: string, url: string, parameters: FormParameters): string {
  return getExpectedTwilioSignature(authToken, url.replace(/#.*$/s, ''), parameters);
}

/**
 * The signed text: the URL, followed by the name and value of each parameter, sorted by name, without separators. Only for
 * display; Twilio's own function above computes the signature.
 */
export function signedText(url: string, parameters: Readonly<Record<string, string>>): string {
  const names = Object.keys(parameters).sort();
  return url.replace(/#.*$/s, '') + names.map((name) => name + parameters[name]).join('');
}
