import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Slices } from '../../common/slices';
import type { ApiOptions } from '../http/options';
import type { TaskRouter } from '../taskrouter';
import { readBridgeRequest, wrappedRequest } from './bridge-request';
import { carryOut, findCall } from './carry-out';
import type { ReadToken } from './token-reader';

interface ResponderOptions {
  readonly taskRouter: TaskRouter;
  readonly accountSid: string;
  readonly readToken: ReadToken;
  /** Filters long lists. */
  readonly slices: Slices;
  readonly conferenceControl: ApiOptions['conferenceControl'];
}

/** Responds to the requests of the worker SDK. */
export class Responder {
  constructor(private readonly options: ResponderOptions) {}

  /** @throws TaskRouterError */
  async respond(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const bridgeRequest = readBridgeRequest(request);
    const wrapped = wrappedRequest(bridgeRequest);
    request.wrappedRequest = wrapped;
    const { token } = this.options.readToken(bridgeRequest.token);
    const found = findCall(bridgeRequest);
    const { name: operation, parameters: knownParameters } = found.type;
    request.wrappedRequest = { ...wrapped, operation, knownParameters };
    request.params = found.path;
    const payload = await carryOut(found, bridgeRequest, token, {
      ...this.options,
      origin: { source: 'api', ipAddress: request.ip },
      ifMatch: request.headers['if-match'],
    });
    request.responseBody = 'contents' in payload ? countOf(payload as ListPayload) : payload;
    return reply.send({ payload });
  }
}

interface ListPayload {
  readonly contents: readonly object[];
}

/** What the log of requests keeps of a list. */
const countOf = ({ contents }: ListPayload) => ({ rows: 'contents', count: contents.length });
