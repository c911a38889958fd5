import type { ConnectionSettings } from './connection-overrides';
import { type CallbackRequest, type CallbackResponse, ExchangeFailed, type Transport } from './transport';

/** An answer given by a function; an object as body is sent as JSON. Nothing at all means 200 without a body. */
export interface CallbackAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}
export type AnswerCallback = (
  request: CallbackRequest,
) => CallbackAnswer | undefined | Promise<CallbackAnswer | undefined>;

/** Callbacks answered by a function in the same process; what it throws counts as a receiver that failed. */
export function answerTransport(answer: AnswerCallback): Transport {
  return {
    perform: (request, _settings: ConnectionSettings) => performed(answer, request),
    close: async () => undefined,
  };
}

async function performed(answer: AnswerCallback, request: CallbackRequest): Promise<CallbackResponse> {
  try {
    return response((await answer(request)) ?? {});
  } catch (error) {
    throw new ExchangeFailed('no_answer', error instanceof Error ? error.message : String(error));
  }
}

function response({ status = 200, headers = {}, body = '' }: CallbackAnswer): CallbackResponse {
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (typeof body === 'string') return { status, headers: lowerCase, body };
  const json = { 'content-type': 'application/json', ...lowerCase };
  return { status, headers: json, body: JSON.stringify(body) };
}
