import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTwilioHost, twilioProduct } from '../common/twilio-hosts';
import { forwardTo } from './forward-to';
import type { ProxyRoute, ServedHost } from './route';
import { hostNameOf } from './target';

export interface TwilioRoutesOptions {
  /** The local service, such as `http://127.0.0.1:4040`. */
  readonly serviceUrl: string;
  /** Twilio's hosts that are not replaced, in lower case. */
  readonly passed: readonly string[];
  /** Called with each request for something of Twilio that is not local, as `GET name/path`. */
  readonly onRefused: (target: string) => void;
}

/** Decides for a program that believes it talks to Twilio: TaskRouter is here, and nothing else of Twilio is reached. */
export function twilioRoutes({
  serviceUrl,
  passed,
  onRefused,
}: TwilioRoutesOptions): (name: string) => ProxyRoute {
  const service = forwardTo(serviceUrl);
  const other: ServedHost = {
    request(request, response) {
      if (isLocalApiRequest(request)) return service.request(request, response);
      onRefused(`${request.method} ${request.headers.host}${pathOf(request)}`);
      sendNotLocal(request, response);
    },
  };
  return (name) => {
    if (!isTwilioHost(name) || passed.includes(name)) return 'pass';
    return ['taskrouter', 'event-bridge'].includes(twilioProduct(name) ?? '') ? service : other;
  };
}

/** Programs fetch their account when they start, and operate its calls, conferences, and queues. */
function isLocalApiRequest(request: IncomingMessage): boolean {
  if (twilioProduct(hostNameOf(request.headers.host ?? '')) !== 'api') return false;
  const [, rest = ''] = /^\/2010-04-01\/Accounts\/AC\w+(.*)$/.exec(pathOf(request)) ?? [];
  return rest === '.json'
    ? request.method === 'GET'
    : /^\/(Calls|Conferences|Queues)(\.json|\/.*)$/.test(rest);
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.replace(/\?.*/s, '');

/** Our choice: 501 with error 20501, which no client takes for a temporary failure of Twilio. */
function sendNotLocal(request: IncomingMessage, response: ServerResponse): void {
  const host = hostNameOf(request.headers.host ?? '');
  const code = 20501;
  const body = {
    code,
    message: notLocalMessage(host),
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status: 501,
  };
  request.resume();
  response.writeHead(body.status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** What is not here, and what to do. */
export function notLocalMessage(host: string): string {
  const local =
    twilioProduct(host) === 'api'
      ? `Of ${host}, only the account and its Calls, Conferences, and Queues are local`
      : `${host} is not local: only TaskRouter is`;
  return `${local}. To reach the real one, start with --pass ${host}`;
}
