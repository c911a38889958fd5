import type { FastifyInstance } from 'fastify';
import { diagnose } from '../../doctor/diagnose';
import type { Finding } from '../../doctor/finding';
import { localCondition } from '../condition/condition-of';
import type { ApiOptions } from '../http/options';

/** `GET /_taskrouter/doctor`: what is stuck or about to be, as `{findings}`. */
export function addDoctor(app: FastifyInstance, options: ApiOptions): void {
  app.get('/_taskrouter/doctor', async () => ({ findings: await findingsOf(options) }));
}

/** What is stuck or about to be in the local TaskRouter. */
export function findingsOf({
  taskRouter,
  journal,
}: Pick<ApiOptions, 'taskRouter' | 'journal'>): Promise<Finding[]> {
  return taskRouter.read((view, now) =>
    diagnose(localCondition({ view, routing: taskRouter.routing, now }, journal)),
  );
}
