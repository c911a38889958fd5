import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { withoutSchemas } from '../../system/without-schemas';
import { type Account, isSignedIn } from '../account';
import { notFound, ServerlessError, unauthenticated } from './errors';
import { apiHost, uploadHost } from './hosts';
import { Parameters } from './parameters';
import { readBody } from './read-body';
import type { BuildRunner, Operation, ServerlessRequest } from './request';
import { builds } from './resources/builds';
import { deployments } from './resources/deployments';
import { environments } from './resources/environments';
import { files } from './resources/files';
import { services } from './resources/services';
import { variables } from './resources/variables';
import type { ServerlessState } from './state';

interface ServerlessApiOptions {
  readonly state: ServerlessState;
  readonly runner: BuildRunner;
  readonly account: Account;
  /** Called with the errors of this API itself. */
  readonly onError: (error: Error) => void;
}

const operations = [...services, ...environments, ...files, ...builds, ...variables, ...deployments];

/** An asset has at most 25 MB: https://www.twilio.com/docs/serverless/functions-assets/assets */
const bodyLimit = 26 * 1024 * 1024;

/** The local Serverless API, as far as the deploy tools and the Twilio client use it. It does not listen: the proxy forwards requests to it. */
export function createServerlessApi(options: ServerlessApiOptions): FastifyInstance {
  const app = fastify({ ...withoutSchemas, bodyLimit, return503OnClosing: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, _request, reply) => sendError(error, reply, options.onError));
  app.setNotFoundHandler((request, reply) => sendError(notFound(request.url), reply, options.onError));
  recordRequests(app, options.state);
  app.addHook('onRequest', async ({ headers }) => {
    if (!isSignedIn(headers.authorization, options.account)) throw unauthenticated();
  });
  for (const operation of operations) addOperation(app, operation, options);
  return app;
}

/** Rejected ones, too. */
function recordRequests(app: FastifyInstance, { requests }: ServerlessState): void {
  app.addHook('onRequest', async (request, reply) => {
    const { method, url: path, headers } = request;
    const index = requests.push({ host: headers.host ?? '', method, path, status: 0 }) - 1;
    reply.raw.once('finish', () => {
      requests[index] = { host: headers.host ?? '', method, path, status: reply.statusCode };
    });
  });
}

function addOperation(app: FastifyInstance, operation: Operation, options: ServerlessApiOptions): void {
  const host = operation.host === 'upload' ? uploadHost : apiHost;
  const constraints = { host };
  app.route({
    method: operation.method,
    url: operation.path,
    constraints,
    handler: async (request, reply) => {
      const { status, body } = await operation.handle(await toServerlessRequest(request, host, options));
      return reply.code(status).send(body);
    },
  });
}

async function toServerlessRequest(
  request: FastifyRequest,
  host: string,
  { state, runner, account }: ServerlessApiOptions,
): Promise<ServerlessRequest> {
  const { pathname, searchParams } = new URL(request.url, `https://${host}`);
  const { pairs, upload } = await readBody(request.body, request.headers['content-type'] ?? '');
  return {
    state,
    runner,
    accountSid: account.accountSid,
    path: request.params as Record<string, string>,
    parameters: new Parameters([...searchParams, ...pairs]),
    upload,
    url: `https://${host}${pathname}`,
  };
}

function sendError(
  error: unknown,
  reply: FastifyReply,
  onError: ServerlessApiOptions['onError'],
): FastifyReply {
  const { status, code, message } = toServerlessError(error, onError);
  const moreInfo = `https://www.twilio.com/docs/errors/${code}`;
  return reply.code(status).send({ code, message, more_info: moreInfo, status });
}

function toServerlessError(error: unknown, onError: ServerlessApiOptions['onError']): ServerlessError {
  if (error instanceof ServerlessError) return error;
  const { statusCode, message } = error as { statusCode?: number; message: string };
  // Fastify's own errors, such as for a body that is too large.
  if (statusCode !== undefined && statusCode < 500) return new ServerlessError(statusCode, 20001, message);
  onError(error as Error);
  return new ServerlessError(500, 20500, 'Internal server error');
}
