import { operatorFunction } from '../src/adapter/operator-function';
import { required, text } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { workerToken } from '../src/steps/worker-token';

/** Makes the token with which the worker SDK acts for `worker` (a sid or name). The agent page asks for it. */
export const handler = operatorFunction({
  name: 'worker-token',
  parameters: parameters({ worker: required(text) }),
  step: workerToken,
});
