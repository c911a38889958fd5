/** An error response of the Serverless API: status, code, and message. */
export class ServerlessError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'ServerlessError';
  }
}

/** https://www.twilio.com/docs/api/errors/20003 */
export const unauthenticated = () => new ServerlessError(401, 20003, 'Authenticate');

/** https://www.twilio.com/docs/api/errors/20404 */
export const notFound = (path: string) =>
  new ServerlessError(404, 20404, `The requested resource ${path.replace(/\?.*/s, '')} was not found`);

/** https://www.twilio.com/docs/api/errors/20001 */
export const invalid = (message: string) => new ServerlessError(400, 20001, message);

/** https://www.twilio.com/docs/api/errors/20409 */
export const conflict = (message: string) => new ServerlessError(409, 20409, message);
