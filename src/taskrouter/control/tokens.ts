import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { roles } from '../http/access-token';
import { readForm } from '../http/form-body';
import { makeToken } from '../http/make-token';
import type { ApiOptions } from '../http/options';
import { Parameters } from '../http/parameters';
import { sidPrefix } from '../model/sids';

/**
 * `POST /_taskrouter/tokens` signs a token for the worker SDK. Form fields: `worker` (name or SID; an admin needs none),
 * `role` (`worker`, `supervisor`, or `admin`), `ttl` in seconds, and `workspace_sid`.
 */
export function addTokens(app: FastifyInstance, options: ApiOptions): void {
  app.post('/_taskrouter/tokens', (request, reply) => create(request, reply, options));
}

async function create(
  request: FastifyRequest,
  reply: FastifyReply,
  { taskRouter, account }: ApiOptions,
): Promise<FastifyReply> {
  const parameters = new Parameters(readForm(request));
  const { token, workerSid, workspaceSid, expiresAt } = await taskRouter.read((view, now) =>
    makeToken(view, { accountSid: account.sid, apiKey: account.apiKey }, now, {
      worker: parameters.text('worker'),
      role: parameters.oneOf('role', roles),
      ttlSeconds: parameters.integer('ttl'),
      workspaceSid: parameters.sid('workspace_sid', sidPrefix.workspace),
    }),
  );
  return reply
    .code(201)
    .header('cache-control', 'no-store')
    .send({
      token,
      worker_sid: workerSid,
      workspace_sid: workspaceSid,
      expires_at: new Date(expiresAt).toISOString(),
    });
}
