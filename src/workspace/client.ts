import { setTimeout as wait } from 'node:timers/promises';
import type { RequestClient, Twilio } from 'twilio';
import type { TwilioAccount } from '../system/twilio-account';

/** The part of the client that this folder uses. */
export type TaskRouterClient = Pick<Twilio, 'taskrouter'>;

/** What sends the client's requests. */
export type Transport = Pick<RequestClient, 'request'>;

type Request = Parameters<Transport['request']>[0];
export type Wait = (milliseconds: number) => Promise<unknown>;

/**
 * The official client, with retries when TaskRouter is busy (429) or unavailable (503).
 * @param url the local TaskRouter's; null for Twilio's
 */
export function createTwilioClient(account: TwilioAccount, url: string | null, waiting: Wait = wait): Twilio {
  // Loaded at the first call, because it takes longer than all the rest of the test kit.
  const twilio: typeof import('twilio') = require('twilio');
  const { accountSid, username, password } = account;
  const httpClient = withRetries(new twilio.RequestClient({ autoRetry: true, maxRetries: 5 }), waiting);
  if (url === null) return twilio(username, password, { accountSid, httpClient });
  // Empty texts keep the client from reading a region from the environment: a local address has none.
  const local = withLocalApi(httpClient, url);
  const client = twilio(username, password, { accountSid, httpClient: local, region: '', edge: '' });
  client.taskrouter.baseUrl = url;
  return client;
}

/**
 * Sends requests about calls and queues to the local TaskRouter, too. That part of the client has an address of its own, but
 * loading it to set that takes 160 ms.
 */
function withLocalApi<T extends Transport>(transport: T, url: string): T {
  const send = transport.request.bind(transport);
  const request = (options: Request) =>
    send({ ...options, uri: options.uri.replace(/^https:\/\/api\.twilio\.com(?=\/)/, url) });
  transport.request = request as Transport['request'];
  return transport;
}

/** Our choice: enough for a short outage, and soon over. */
const retryDelaysMs = [500, 1000, 2000];

/**
 * The client's transport retries after 429. After a 503 the request may have taken effect, so only requests that can be
 * repeated are sent again: reads, and updates of one resource. Not p-retry: the delays are fixed, and a 503 is a response.
 */
export function withRetries<T extends Transport>(transport: T, waiting: Wait): T {
  const send = transport.request.bind(transport);
  const request = async (options: Request) => {
    for (const milliseconds of isRepeatable(options) ? retryDelaysMs : []) {
      const response = await send(options);
      if (response.statusCode !== 503) return response;
      await waiting(milliseconds);
    }
    return send(options);
  };
  transport.request = request as Transport['request'];
  return transport;
}

function isRepeatable({ method, uri }: Request): boolean {
  return method.toLowerCase() === 'get' || /\/[A-Z]{2}[0-9a-f]{32}$/i.test(uri);
}
