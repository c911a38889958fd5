import { Agent, type IncomingMessage, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Twilio } from 'twilio';
import { basicAuthorization } from '../common/http-basic';
import type { TwilioAccount } from '../system/twilio-account';
import { type TaskRouterClient, type Transport, type Wait, withRetries } from './client';

interface LocalClient extends TaskRouterClient {
  /** Closes its connections. */
  close(): void;
}

type Request = Parameters<Transport['request']>[0];
type Response = Awaited<ReturnType<Transport['request']>>;

/**
 * TaskRouter's part of the official client alone, over a plain HTTP client, with the same retries. It loads in a sixth of the
 * time of the whole client, most of which goes into its HTTP client and into other products.
 * @param url the local TaskRouter's
 */
export function createLocalClient(
  { username, password }: TwilioAccount,
  url: string,
  waiting: Wait = wait,
): LocalClient {
  const Taskrouter: typeof import('twilio/lib/rest/Taskrouter') = require('twilio/lib/rest/Taskrouter');
  const agent = new Agent({ keepAlive: true });
  const authorization = basicAuthorization(username, password);
  const request: Transport['request'] = (options) =>
    withBackOff(() => perform(options, agent, authorization), waiting) as Promise<never>;
  // The domain needs nothing else of the client.
  const taskrouter = new Taskrouter(withRetries({ request }, waiting) as Transport as Twilio);
  taskrouter.baseUrl = url;
  return { taskrouter, close: () => agent.destroy() };
}

/** As long as the official client waits after a 429, in milliseconds. */
const backOffMs = [100, 200, 400, 800, 1600];

async function withBackOff(perform: () => Promise<Response>, waiting: Wait): Promise<Response> {
  for (const milliseconds of backOffMs) {
    const response = await perform();
    if (response.statusCode !== 429) return response;
    await waiting(milliseconds);
  }
  return perform();
}

async function perform(options: Request, agent: Agent, authorization: string): Promise<Response> {
  const { method, params, data } = options;
  const url = new URL(options.uri);
  if (params) url.search = formOf(params);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const headers = { ...(data ? form : {}), ...options.headers, authorization };
  const request = send(url, { method: method.toUpperCase(), agent, headers });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request
      .once('response', resolve)
      .once('error', reject)
      .end(data && formOf(data));
  });
  return { statusCode: response.statusCode as number, headers: response.headers, body: await text(response) };
}

/** A list becomes one parameter for each item. */
function formOf(values: object): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, String(each)]),
  );
  return new URLSearchParams(pairs).toString();
}
