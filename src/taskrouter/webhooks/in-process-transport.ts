import { errorText } from '../../common/error-text';
import type { ConnectionSettings } from './connection-overrides';
import { type CallbackRequest, type CallbackResponse, ExchangeFailed, type Transport } from './transport';

/** The response of a function. An object as `body` is sent as JSON. The default status is 200. */
interface PartialResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}
export type CallbackResponder = (
  request: CallbackRequest,
) => PartialResponse | undefined | Promise<PartialResponse | undefined>;

/** Sends callbacks to a function in this process. If it throws, the request fails. */
export function inProcessTransport(respond: CallbackResponder): Transport {
  return {
    perform: (request, _settings: ConnectionSettings) => perform(respond, request),
    close: async () => undefined,
  };
}

async function perform(respond: CallbackResponder, request: CallbackRequest): Promise<CallbackResponse> {
  try {
    return response((await respond(request)) ?? {});
  } catch (error) {
    throw new ExchangeFailed('no_response', errorText(error));
  }
}

function response({ status = 200, headers = {}, body = '' }: PartialResponse): CallbackResponse {
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  if (typeof body === 'string') return { status, headers: lowerCase, body };
  const json = { 'content-type': 'application/json', ...lowerCase };
  return { status, headers: json, body: JSON.stringify(body) };
}
