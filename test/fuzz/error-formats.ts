import type { FuzzResponse } from './responses';

/** How a server words its errors. */
export interface ErrorFormat {
  isWellFormed(response: FuzzResponse): boolean;
  /** Whether a status from 500 is one that clients are told about. */
  isDocumented(response: FuzzResponse): boolean;
}

/** 501 for what is not built, and 503 while the service is stopping or its store has failed. */
const documented: Readonly<Record<number, number>> = { 501: 20501, 503: 20503 };

/** Source: https://www.twilio.com/docs/usage/twilios-response */
export const twilioErrors: ErrorFormat = {
  isWellFormed(response) {
    const error = jsonOf(response);
    return (
      typeof error?.code === 'number' &&
      typeof error.message === 'string' &&
      String(error.more_info).startsWith('https://www.twilio.com/docs/errors/') &&
      error.status === response.status
    );
  },
  isDocumented: (response) => jsonOf(response)?.code === documented[response.status],
};

/** The form of docs/functions.md. */
export const functionErrors: ErrorFormat = {
  isWellFormed(response) {
    const error = jsonOf(response);
    return /^[a-z_]+$/.test(String(error?.code)) && typeof error?.message === 'string';
  },
  isDocumented: () => false,
};

function jsonOf({ headers, body }: FuzzResponse): Record<string, unknown> | null {
  if (!headers['content-type']?.startsWith('application/json')) return null;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
