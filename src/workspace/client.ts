import { setTimeout as wait } from 'node:timers/promises';
import twilio, { type RequestClient, type Twilio } from 'twilio';
import type { TwilioAccount } from '../system/twilio-account';

type Request = Parameters<RequestClient['request']>[0];
type Wait = (milliseconds: number) => Promise<unknown>;

/**
 * The official client, which tries again when TaskRouter is busy (429) or unavailable (503).
 * @param url of the local TaskRouter; null for Twilio's
 */
export function createTwilioClient(account: TwilioAccount, url: string | null, waiting: Wait = wait): Twilio {
  const { accountSid, username, password } = account;
  const httpClient = patient(new twilio.RequestClient({ autoRetry: true, maxRetries: 5 }), waiting);
  if (url === null) return twilio(username, password, { accountSid, httpClient });
  // An empty text keeps the client from taking a region from its process: a local address has none.
  const client = twilio(username, password, { accountSid, httpClient, region: '', edge: '' });
  client.taskrouter.baseUrl = url;
  return client;
}

/** In ms. Our choice: enough for a hiccup, and not too long to be told. */
const waitsAfter503 = [500, 1000, 2000];

/**
 * The client's transport sees to 429. After a 503 the work may have been done all the same, so only what can be done
 * twice is sent twice: reading, and setting the fields of one resource.
 */
function patient(transport: RequestClient, waiting: Wait): RequestClient {
  const send = transport.request.bind(transport);
  const request = async (options: Request) => {
    for (const milliseconds of isRepeatable(options) ? waitsAfter503 : []) {
      const response = await send(options);
      if (response.statusCode !== 503) return response;
      await waiting(milliseconds);
    }
    return send(options);
  };
  transport.request = request as RequestClient['request'];
  return transport;
}

function isRepeatable({ method, uri }: Request): boolean {
  return method.toLowerCase() === 'get' || /\/[A-Z]{2}[0-9a-f]{32}$/i.test(uri);
}
