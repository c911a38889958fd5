import type { FunctionResponse } from './function-client';

export function isSuccess({ status }: FunctionResponse): boolean {
  return status >= 200 && status < 300;
}

/** The error's own message where there is one: it says what to do. */
export function errorMessage({ status, body, text }: FunctionResponse): string {
  const message = (body as { message?: unknown } | null | undefined)?.message;
  if (typeof message === 'string') return message;
  return status === 0 ? text : `The answer is HTTP ${status} and says no more.`;
}

/** One line about an answer, such as `create-task: 201` or `accept-reservation: 409, The task is waiting: …`. */
export function responseLine(answer: FunctionResponse): string {
  const { name, status } = answer;
  const outcome = status === 0 ? 'no answer' : String(status);
  return isSuccess(answer) ? `${name}: ${outcome}` : `${name}: ${outcome}. ${errorMessage(answer)}`;
}
