import type { FunctionResponse } from './function-client';

export function isSuccess({ status }: FunctionResponse): boolean {
  return status >= 200 && status < 300;
}

/** The message of the error, if the response has one: it says what to do. */
export function errorMessage({ status, body, text }: FunctionResponse): string {
  const message = (body as { message?: unknown } | null | undefined)?.message;
  if (typeof message === 'string') return message;
  return status === 0 ? text : `HTTP ${status} without a message.`;
}

/** A response in one line, such as `create-task: 201` or `accept-reservation: 409. The task is waiting: …`. */
export function responseLine(response: FunctionResponse): string {
  const { name, status } = response;
  const result = status === 0 ? 'no response' : String(status);
  return isSuccess(response) ? `${name}: ${result}` : `${name}: ${result}. ${errorMessage(response)}`;
}
