import type { ConnectionSettings } from './connection-overrides';
import { type CallbackRequest, type CallbackResponse, ExchangeFailed, type Transport } from './transport';

/** An answer given by a function; an object as body is sent as JSON. Nothing at all means 200 without a body. */
export interface PartialResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}
export type CallbackResponder = (
  request: CallbackRequest,
) => PartialResponse | undefined | Promise<PartialResponse | undefined>;

/** Callbacks answered by a function in the same process; what it throws counts as a receiver that failed. */
export function inProcessTransport(answer: CallbackResponder): Transport {
  return {
    perform: (request, _settings: ConnectionSettings) => performed(answer, request),
    close: async () => undefined,
  };
}

async function performed(answer: CallbackResponder, request: CallbackRequest): Promise<CallbackResponse> {
  try {
    return response((await answer(request)) ?? {});
  } catch (error) {
    throw new ExchangeFailed('no_response', error instanceof Error ? error.message : String(error));
  }
}

function response({ status = 200, headers = {}, body = '' }: PartialResponse): CallbackResponse {
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (typeof body === 'string') return { status, headers: lowerCase, body };
  const json = { 'content-type': 'application/json', ...lowerCase };
  return { status, headers: json, body: JSON.stringify(body) };
}
