import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../http/metrics';

/** Serves the metrics at `/metrics`, with the credentials of the REST API. Paths outside the REST API are not counted. */
export function addMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  app.addHook('onResponse', (request, reply, done) => {
    if (request.url.startsWith('/v1/'))
      metrics.observeRequest({
        operation: request.routeOptions.config.operation ?? '',
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
      });
    done();
  });
}
