import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Journal } from '../inspector/journal';
import { formType } from './form-body';
import type { ApiOptions } from './options';

/** A request in the body of another one, which is recorded in place of that one. */
export interface WrappedRequest {
  readonly method: string;
  readonly url: string;
  /** The form as URL-encoded text. */
  readonly body: string | null;
  readonly operation: string | null;
  readonly knownParameters: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    wrappedRequest: WrappedRequest | null;
    /** The response for the log, as an object or as JSON text. */
    responseBody: object | string | null;
    /** The ID of the alert that the request caused. */
    alertId: number | null;
  }
  interface FastifyContextConfig {
    /** As in Twilio's OpenAPI description. */
    operation?: string;
    /** The collection in the path, such as `Tasks`. */
    resource?: string;
    /** The names of the operation's parameters. */
    parameters?: readonly string[];
  }
}

/**
 * Records the requests of clients to the REST API. It leaves out those of the inspector, health checks, and those with
 * which `start` and `reset` create the workspace, so that users find their own requests.
 */
export function recordRequests(app: FastifyInstance, { journal, taskRouter, ready }: ApiOptions): void {
  app.decorateRequest('responseBody', null);
  app.decorateRequest('alertId', null);
  app.decorateRequest('wrappedRequest', null);
  app.addHook('onResponse', (request, reply, done) => {
    if (isOfClients(request) && (ready?.() ?? true)) add(journal, request, reply, taskRouter.clock.now());
    done();
  });
}

function isOfClients({ url, routeOptions, wrappedRequest }: FastifyRequest): boolean {
  const { open, page } = routeOptions.config;
  if (wrappedRequest) return true;
  return !open && !page && url !== '/metrics' && !url.startsWith('/_taskrouter/');
}

function add({ requests }: Journal, request: FastifyRequest, reply: FastifyReply, now: number): void {
  const { method, url, headers, body, params, routeOptions, responseBody, alertId, wrappedRequest } = request;
  requests.add({
    at: now,
    durationMs: reply.elapsedTime,
    method,
    url,
    headers,
    body: typeof body === 'string' ? body : null,
    operation: routeOptions.config.operation ?? null,
    resource: routeOptions.config.resource ?? '',
    knownParameters: routeOptions.config.parameters ?? [],
    path: (params ?? {}) as Record<string, string>,
    status: reply.statusCode,
    response: responseBody,
    alertId,
    ...(wrappedRequest && { ...wrappedRequest, headers: { ...headers, 'content-type': formType } }),
  });
}
