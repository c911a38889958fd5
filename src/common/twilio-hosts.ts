const twilioDomains = /(^|\.)(twilio\.com|twil\.io)$/;
const apiForm = /^([a-z0-9-]+)(?:\.[a-z0-9-]+){0,2}\.twilio\.com$/;

/** Whether a host is Twilio's: an API, a website, or deployed Functions. @param name without a port, in any case */
export function isTwilioHost(name: string): boolean {
  return twilioDomains.test(canonicalName(name));
}

/**
 * The product whose API a host serves: `taskrouter` for `taskrouter.twilio.com` and, with an edge location and a region,
 * `taskrouter.dublin.ie1.twilio.com`. Undefined for other hosts.
 * Source: https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region
 */
export function twilioProduct(name: string): string | undefined {
  return apiForm.exec(canonicalName(name))?.[1];
}

/** A name can end in the dot of the root zone (RFC 1034, section 3.1). */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** The products with an API of which at least a part is local. */
const localProducts: readonly (string | undefined)[] = ['taskrouter', 'event-bridge', 'api'];

/** Whether the local service responds under a name, once a proxy redirects clients to it. */
export function isLocalTwilioHost(name: string): boolean {
  return localProducts.includes(twilioProduct(name));
}
