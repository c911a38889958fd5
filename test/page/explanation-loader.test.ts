import { setImmediate as settled } from 'node:timers/promises';
import type { Explanation } from '../../assets/explanation/explanation';
import { ExplanationLoader, type Explanations } from '../../assets/lifecycle/explanation-loader';
import type { FunctionResponse, Parameters } from '../../assets/lifecycle/function-client';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aResponse, aTask } from './samples';

const sid = exampleSid('WT');
const lifecycle = aLifecycle({ tasks: [aTask()] });
const explained = (summary: string) => ({ task_sid: sid, summary }) as Explanation;
const because = (summary: string) => aResponse(200, { explanation: explained(summary) });

/** A loader whose requests the test responds to, in any order. */
function begin() {
  const requests: { parameters: Parameters | undefined; respond(response: FunctionResponse): void }[] = [];
  const changes: Explanations[] = [];
  const loader = new ExplanationLoader(
    (_name, parameters) => new Promise((respond) => requests.push({ parameters, respond })),
    (explanations) => changes.push(explanations),
  );
  const respond = (index: number, response: FunctionResponse) => {
    requests[index]?.respond(response);
    return settled();
  };
  return { loader, requests, changes, respond, shown: () => changes.at(-1)?.get(sid) };
}

it('asks at once, and again with each response of /lifecycle, even if that is the same', async () => {
  const { loader, requests, respond, shown } = begin();
  loader.update(lifecycle);
  expect(requests).toEqual([]);
  loader.open(sid, lifecycle);
  expect(requests.map(({ parameters }) => parameters)).toEqual([{ explain: sid }]);
  await respond(0, because('Alice is Offline.'));
  expect(shown()).toEqual({ explanation: explained('Alice is Offline.') });
  loader.update(lifecycle);
  await respond(1, because('Alice has no capacity.'));
  expect(shown()).toEqual({ explanation: explained('Alice has no capacity.') });
});

it('changes nothing on the page while the explanation stays the same', async () => {
  const { loader, changes, respond } = begin();
  loader.open(sid, lifecycle);
  loader.update(lifecycle);
  await respond(0, because('Alice is Offline.'));
  await respond(1, because('Alice is Offline.'));
  expect(changes).toHaveLength(1);
});

it('does not replace an explanation with an older one that arrives later', async () => {
  const { loader, respond, shown } = begin();
  loader.open(sid, lifecycle);
  loader.update(lifecycle);
  await respond(1, because('new'));
  await respond(0, because('old'));
  expect(shown()).toEqual({ explanation: explained('new') });
});

it('shows why there is no explanation instead of an old one, and asks again', async () => {
  const { loader, respond, shown } = begin();
  loader.open(sid, lifecycle);
  await respond(0, because('Alice is Offline.'));
  loader.update(lifecycle);
  await respond(1, aResponse(404, { code: 'task_not_found', message: 'Task not found.' }));
  expect(shown()).toEqual({ error: 'Task not found.' });
  loader.update(lifecycle);
  await respond(2, aResponse(200, { explanation: null }));
  expect(shown()).toEqual({ error: 'Only a local TaskRouter explains its decisions.' });
});

it('stops asking once it is closed, and drops a response that arrives after that', async () => {
  const { loader, requests, respond, shown } = begin();
  loader.open(sid, lifecycle);
  loader.close(sid);
  await respond(0, because('Alice is Offline.'));
  loader.update(lifecycle);
  expect(requests).toHaveLength(1);
  expect(shown()).toBeUndefined();
});
