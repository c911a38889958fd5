import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { limits } from '../common/limits';
import { Slices } from '../common/slices';
import { defaultRequestMs, guardConnections, guardedServer, respondEarly } from '../system/connection-guard';
import { withoutSchemas } from '../system/without-schemas';
import { addAccount } from './api/account';
import type { Service } from './api/api-request';
import { Cursors } from './api/cursors';
import { KeptTexts } from './api/kept-texts';
import { operations } from './api/operations';
import { rejectOtherMethod, rejectShadowedMethods } from './api/other-methods';
import { RateCounter } from './api/rate-limits';
import { addOperations } from './api/routes';
import { recordAlert } from './control/alerts';
import { addControl } from './control/control';
import { addHealthChecks } from './control/health-checks';
import { isAllowedWithoutCredentials, unauthenticated } from './control/inspector-access';
import { addInspectorPage } from './control/inspector-page';
import { addEventBridge } from './event-bridge/event-bridge';
import { authenticator, challenge } from './http/authentication';
import { errorBody, unreadableBody } from './http/errors';
import { keepBodiesAsText } from './http/form-body';
import type { ApiLog, ApiOptions } from './http/options';
import { originReader, rejectOtherOrigins } from './http/origin';
import { recordRequests } from './http/record-requests';
import { MethodNotAllowed, notFound, RateLimited, Unauthenticated } from './http/request-errors';
import { EventHistory } from './statistics/event-history';

declare module 'fastify' {
  interface FastifyRequest {
    /** The origin of the service as the client sees it, such as `http://127.0.0.1:4040`. */
    ownOrigin: string;
  }
  interface FastifyContextConfig {
    /** Needs no credentials. */
    open?: boolean;
    /** Takes requests from the pages of any origin. */
    anyOrigin?: boolean;
  }
}

/** Our choice: a form may encode each byte of a workflow's configuration as three; the rest is for the other parameters. */
const maxBodyBytes = 3 * limits.workflowConfigurationBytes + 65_536;

/**
 * The REST API of the local TaskRouter, the control API at `/_taskrouter/`, the inspector page, and the health checks. It
 * does not listen yet: tests inject requests, and `startTaskRouterService` chooses the port.
 */
export function createApp(options: ApiOptions): FastifyInstance {
  const { requestMs = defaultRequestMs } = options;
  const app = fastify({
    ...withoutSchemas,
    bodyLimit: maxBodyBytes,
    http: guardedServer(requestMs),
    requestTimeout: requestMs,
    // guardConnections responds instead.
    clientErrorHandler: () => undefined,
    // Seen in programs in production: a path that ends in a slash names the same resource.
    // Queries are read like forms (form.ts).
    routerOptions: { ignoreTrailingSlash: true, querystringParser: () => ({}) },
    // Fastify's 503 while closing does not have Twilio's format. Requests in progress finish instead.
    return503OnClosing: false,
    frameworkErrors: (_error, request, reply) => sendError(notFound(request.url), reply, options.log),
  });
  app.decorateRequest('ownOrigin', '');
  guardConnections(app.server, { maxBodyBytes }, (status) => ({ status, body: unreadableBody(status) }));
  keepBodiesAsText(app, maxBodyBytes);
  app.setErrorHandler((error, request, reply) => {
    recordAlert(error, request, options);
    return sendError(error, reply, options.log);
  });
  const originsOf = originReader(options);
  admit(app, options, originsOf);
  recordRequests(app, options);

  const service: Service = {
    taskRouter: options.taskRouter,
    accountSid: options.account.sid,
    cursors: new Cursors(),
    history: new EventHistory(options.taskRouter),
    texts: new KeptTexts(),
    slices: new Slices(),
    ...(options.phone && { phone: options.phone }),
    ...(options.rateLimits && { rates: new RateCounter(() => options.taskRouter.clock.now()) }),
  };
  addOperations(app, service, operations);
  rejectShadowedMethods(app, service);
  addAccount(app, options, service);
  app.setNotFoundHandler(async (request, reply) => {
    await rejectOtherMethod(app, service, request);
    return sendError(notFound(request.url), reply, options.log);
  });
  addEventBridge(app, options, originsOf);
  addControl(app, options);
  addInspectorPage(app, options);
  addHealthChecks(app, options);
  return app;
}

/** Checks host, origin, and credentials, in this order, before anything else. */
function admit(app: FastifyInstance, options: ApiOptions, originsOf: ReturnType<typeof originReader>): void {
  const isAuthenticated = authenticator(options.account);
  app.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
    const origins = originsOf(request.headers);
    request.ownOrigin = origins[0];
    // A link to the inspector may be anywhere: its files contain no data.
    const { page, anyOrigin } = request.routeOptions.config;
    if (!page && !anyOrigin) rejectOtherOrigins(request.raw, origins);
    if (request.routeOptions.config.open || isAuthenticated(request.headers.authorization)) return done();
    isAllowedWithoutCredentials(request, options).then(
      (isAllowed) => done(isAllowed ? undefined : unauthenticated(request)),
      done,
    );
  });
}

function sendError(error: unknown, reply: FastifyReply, log: ApiLog): FastifyReply {
  if (error instanceof Unauthenticated) reply.header('www-authenticate', challenge);
  if (error instanceof RateLimited) reply.headers({ ...error.headers, 'retry-after': '1' });
  if (error instanceof MethodNotAllowed) reply.header('allow', error.allowed.join(', '));
  const body = errorBody(error, log);
  reply.request.responseBody = body;
  if (body.status !== 413) return reply.code(body.status).send(body);
  reply.hijack();
  respondEarly(reply.request.raw, reply.raw, { status: body.status, body });
  return reply;
}
