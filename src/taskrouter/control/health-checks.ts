import type { FastifyInstance } from 'fastify';
import type { ApiOptions } from '../http/options';

/** The health checks, which need no credentials. */
export function addHealthChecks(app: FastifyInstance, { ready, instance }: ApiOptions): void {
  const config = { open: true };
  app.get('/healthz', { config }, () => ({ status: 'ok', ...(instance && { instance }) }));
  app.get('/readyz', { config }, (_request, reply) => {
    const isReady = ready?.() ?? true;
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'starting' });
  });
}
