import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatEtag } from '../http/if-match';
import { jsonText, jsonType } from '../http/json';
import { ApiRequest, type Service } from './api-request';
import type { ApiResponse } from './api-response';
import { parametersOfOperation } from './operation-parameters';
import type { Operation } from './operations';

/** The last part of a path that is not a parameter, such as `Tasks`. */
function resourceOf(path: string): string {
  const part = path.split('/').findLast((each) => !each.startsWith(':')) ?? '';
  return part.replace(/\.json$/, '');
}

/** Adds a route for every operation. */
export function addOperations(
  app: FastifyInstance,
  service: Service,
  operations: readonly Operation[],
): void {
  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: operation.path,
      config: {
        operation: operation.name,
        resource: resourceOf(operation.path),
        parameters: parametersOfOperation(operation.name),
      },
      handler: async (request, reply) => send(reply, await carryOut(operation, service, request, reply)),
    });
  }
}

/**
 * A read responds once everything that it may have seen is durable. A write reads the state and issues its command
 * synchronously, so the command sees the same state that the path was checked against.
 */
async function carryOut(
  operation: Operation,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ApiResponse> {
  const { taskRouter } = service;
  const counted = (apiRequest: ApiRequest): ApiRequest => {
    reply.headers(apiRequest.countAgainst(operation.name));
    return apiRequest;
  };
  if (operation.method !== 'GET') {
    return operation.handle(
      counted(new ApiRequest(service, request, taskRouter.view, taskRouter.clock.now())),
    );
  }
  return taskRouter.read((view, now) =>
    operation.handle(counted(new ApiRequest(service, request, view, now))),
  );
}

function send(reply: FastifyReply, { status, body, version, logged }: ApiResponse): FastifyReply {
  if (version !== undefined) reply.header('etag', formatEtag(version));
  if (body === undefined) return reply.code(status).send();
  const text = jsonText(body);
  reply.request.responseBody = logged ?? text;
  return reply.code(status).header('content-type', jsonType).send(text);
}
