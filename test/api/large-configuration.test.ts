import { limits } from '../../src/common/limits';
import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';

const formHeader = { 'content-type': 'application/x-www-form-urlencoded' };

/** A configuration of exactly so many bytes; a form writes each of the filler's as three. */
function configurationOf(bytes: number, queue: string): string {
  const text = (filler: string) => JSON.stringify({ task_routing: { default_filter: { queue } }, filler });
  return text('{'.repeat(bytes - Buffer.byteLength(text(''))));
}

it.each([
  ['takes one of exactly the documented size', 0, 201],
  ['refuses one that is a byte larger as a parameter out of range', 1, 400],
])('a workflow configuration: %s', async (_what, more, expected) => {
  const bench = await ApiBench.start();
  const { path, taskQueueSid } = await simpleWorkspace(bench);
  const configuration = configurationOf(limits.workflowConfigurationBytes + more, taskQueueSid);
  const form = new URLSearchParams({ FriendlyName: 'Large', Configuration: configuration }).toString();
  const { status, body } = await bench.send('POST', `${path}/Workflows`, form, formHeader);
  await bench.close();
  expect([status, body.code]).toEqual([expected, expected === 400 ? 20001 : undefined]);
});
