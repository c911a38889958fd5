import type { FastifyInstance } from 'fastify';
import { diagnose } from '../../doctor/diagnose';
import { localCondition } from '../condition/condition-of';
import type { ApiOptions } from '../http/options';

/** `GET /_taskrouter/doctor`: what is stuck or about to be, as `{findings}`. */
export function addDoctor(app: FastifyInstance, { taskRouter, journal }: ApiOptions): void {
  app.get('/_taskrouter/doctor', () =>
    taskRouter.read((view, now) => {
      const state = { view, routing: taskRouter.routing, now };
      return { findings: diagnose(localCondition(state, journal)) };
    }),
  );
}
