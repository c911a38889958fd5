import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
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

export interface ServerlessApiOptions {
  readonly state: ServerlessState;
  readonly runner: BuildRunner;
  readonly account: Account;
  /** Told of what goes wrong on our side. */
  readonly onError: (error: Error) => void;
}

const operations = [...services, ...environments, ...files, ...builds, ...variables, ...deployments];

/** An asset has at most 25 MB: https://www.twilio.com/docs/serverless/functions-assets/assets */
const bodyLimit = 26 * 1024 * 1024;

/** The local Serverless API: what the deploy tools and the Twilio client ask of it. Not listening: the proxy hands it requests. */
export function createServerlessApi(options: ServerlessApiOptions): FastifyInstance {
  const app = fastify({ bodyLimit, return503OnClosing: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, _request, reply) => sendError(error, reply, options.onError));
  app.setNotFoundHandler((request, reply) => sendError(notFound(request.url), reply, options.onError));
  recordCalls(app, options.state);
  app.addHook('onRequest', async ({ headers }) => {
    if (!isSignedIn(headers.authorization, options.account)) throw unauthenticated();
  });
  for (const operation of operations) addOperation(app, operation, options);
  return app;
}

/** Refused ones, too. */
function recordCalls(app: FastifyInstance, { requests: calls }: ServerlessState): void {
  app.addHook('onRequest', async (request, reply) => {
    const { method, url: path, headers } = request;
    const index = calls.push({ host: headers.host ?? '', method, path, status: 0 }) - 1;
    reply.raw.once('finish', () => {
      calls[index] = { host: headers.host ?? '', method, path, status: reply.statusCode };
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
      const { status, body } = await operation.handle(await callOf(request, host, options));
      return reply.code(status).send(body);
    },
  });
}

async function callOf(
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
  const refusal = refusalFor(error, onError);
  const { status, code, message } = refusal;
  const moreInfo = `https://www.twilio.com/docs/errors/${code}`;
  return reply.code(status).send({ code, message, more_info: moreInfo, status });
}

function refusalFor(error: unknown, onError: ServerlessApiOptions['onError']): ServerlessError {
  if (error instanceof ServerlessError) return error;
  const { statusCode, message } = error as { statusCode?: number; message: string };
  // What fastify itself refuses, such as a body that is too large.
  if (statusCode !== undefined && statusCode < 500) return new ServerlessError(statusCode, 20001, message);
  onError(error as Error);
  return new ServerlessError(500, 20500, 'Internal server error');
}
