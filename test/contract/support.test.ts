import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Operation, operations } from '../../src/taskrouter/api/operations';
import { ApiBench } from '../support/api-bench';
import { simpleWorkspace } from '../support/simple-workspace';
import { supportedOperations, supportRows } from '../support/support-table';

const root = path.join(__dirname, '..', '..');
const states = ['supported', 'partly', 'missing'];

const operation = (name: string): Operation => {
  const found = operations.find((each) => each.name === name);
  if (!found) throw new Error(`Unknown operation ${name}`);
  return found;
};

describe('the table of operations', () => {
  it('names each operation once', () => {
    expect(supportedOperations.map(({ name }) => name).sort()).toEqual(
      operations.map(({ name }) => name).sort(),
    );
    expect(supportedOperations).toHaveLength(61);
  });

  it.each(supportedOperations)('describes $name correctly: $state', async ({ name, state, missing }) => {
    expect(states).toContain(state);
    const bench = await ApiBench.start();
    const url = await pathOf(bench, operation(name));
    const { method } = operation(name);
    for (const form of missing) {
      const response = await bench.send(method, url, form, formHeader);
      expect([form, response.status]).toEqual([form, 501]);
    }
    const { status } = await bench.send(method, url, method === 'POST' ? '' : undefined, formHeader);
    await bench.close();
    expect(status === 501).toBe(state === 'missing');
    expect(missing.length > 0).toBe(state === 'partly');
  });
});

describe('the table of rules', () => {
  const rules = supportRows('Rules');

  it('has a state for each rule, and a test for each rule that is not missing', () => {
    expect(rules.length).toBeGreaterThan(30);
    for (const [rule, state = '', , shownBy = ''] of rules) {
      expect([rule, states.includes(state)]).toEqual([rule, true]);
      const [, file] = /\]\(\.\.\/([\w./-]+)\)/.exec(shownBy) ?? [];
      expect([rule, file !== undefined && existsSync(path.join(root, file))]).toEqual([
        rule,
        state !== 'missing',
      ]);
    }
  });

  it('gives the gaps of partly supported rules', () => {
    for (const [rule, state, remarks = ''] of rules)
      if (state === 'partly') expect([rule, remarks]).not.toEqual([rule, '']);
  });
});

const formHeader = { 'content-type': 'application/x-www-form-urlencoded' };

/** The path of an operation, in a workspace that contains everything the path names. */
async function pathOf(bench: ApiBench, { path: pattern }: Operation): Promise<string> {
  const { path: workspace, workspaceSid, activities } = await simpleWorkspace(bench);
  await bench.create(`${workspace}/Tasks`, {});
  const Worker = { FriendlyName: 'Alice', ActivitySid: activities.Available as string };
  await bench.create(`${workspace}/Workers`, Worker);
  const { view } = bench.taskRouter;
  const { body } = await bench.get(`${workspace}/Events`);
  return pattern.replace(/:(\w+)/g, (_, name: 'workers' | 'workspaces' | 'events') => {
    if (name === 'workspaces') return workspaceSid;
    if (name === 'events') return body.events[0].sid;
    const [row] = view.all(name, workspaceSid);
    if (!row) throw new Error(`The workspace has no ${name}`);
    return row.sid;
  });
}
