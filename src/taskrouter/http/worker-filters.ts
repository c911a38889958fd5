import type { View } from '../engine/state/view';
import type { Worker } from '../model/entities';
import { readExpression, type Test, when } from './filters';
import type { Parameters } from './parameters';

/** The filters that the REST API and the worker SDK have in common. @throws InvalidParameter */
export function workerTests(
  parameters: Parameters,
  view: Pick<View, 'find' | 'scopeOfWorker'>,
): readonly (Test<Worker> | undefined)[] {
  return [
    when(parameters.sid('ActivitySid', 'WA'), (worker, sid) => worker.activitySid === sid),
    when(
      parameters.text('ActivityName'),
      (worker, name) => view.find('activities', worker.activitySid)?.friendlyName === name,
    ),
    when(parameters.text('FriendlyName'), (worker, name) => worker.friendlyName === name),
    when(readExpression(parameters, 'TargetWorkersExpression'), (worker, expression) =>
      expression.evaluate(view.scopeOfWorker(worker)),
    ),
  ];
}
