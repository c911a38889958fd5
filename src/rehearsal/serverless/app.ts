import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Account, isSignedIn } from '../account';
import type { Call, Operation, Workshop } from './call';
import { apiHost, uploadHost } from './hosts';
import { Parameters } from './parameters';
import { readForm } from './read-form';
import { notFound, ServerlessRefusal, unauthenticated } from './refusals';
import { builds } from './resources/builds';
import { deployments } from './resources/deployments';
import { environments } from './resources/environments';
import { files } from './resources/files';
import { services } from './resources/services';
import { variables } from './resources/variables';
import type { RehearsalServerless } from './state';

export interface ServerlessApiOptions {
  readonly state: RehearsalServerless;
  readonly workshop: Workshop;
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
function recordCalls(app: FastifyInstance, { calls }: RehearsalServerless): void {
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
      const { status, body } = await operation.answer(await callOf(request, host, options));
      return reply.code(status).send(body);
    },
  });
}

async function callOf(
  request: FastifyRequest,
  host: string,
  { state, workshop, account }: ServerlessApiOptions,
): Promise<Call> {
  const { pathname, searchParams } = new URL(request.url, `https://${host}`);
  const { pairs, upload } = await readForm(request.body, request.headers['content-type'] ?? '');
  return {
    state,
    workshop,
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

function refusalFor(error: unknown, onError: ServerlessApiOptions['onError']): ServerlessRefusal {
  if (error instanceof ServerlessRefusal) return error;
  const { statusCode, message } = error as { statusCode?: number; message: string };
  // What fastify itself refuses, such as a body that is too large.
  if (statusCode !== undefined && statusCode < 500) return new ServerlessRefusal(statusCode, 20001, message);
  onError(error as Error);
  return new ServerlessRefusal(500, 20500, 'Internal server error');
}
