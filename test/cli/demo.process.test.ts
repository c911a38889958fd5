import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { projectRoot, TaskrouterProcess, temporaryFolder } from '../support/taskrouter-process';

endCommandsAfterEach();

it('shows every stage for both ways of accepting, with sids, and ends with 0', async () => {
  const { code, output, errors } = await new TaskrouterProcess(['demo']).ended();
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const stages = output.split('\n').flatMap((line) => /✓ (.+?)\s{2,}(.*)/.exec(line)?.slice(1, 3) ?? []);
  const names = stages.filter((_, index) => index % 2 === 0);
  const lifecycle = [
    'Task created',
    'Eligible Worker becomes available',
    'Worker reserved',
    'Reservation accepted',
    'Task assigned',
    'Task wrapping',
    'Task completed',
  ];
  expect(names).toEqual([...lifecycle, ...lifecycle]);
  expect(output).toMatch(/WR[0-9a-f]{32} by Alice, over REST/);
  expect(output).toMatch(/WR[0-9a-f]{32} by Alice, by the callback's instruction/);
  expect(output).toMatch(/WT[0-9a-f]{32} to Alice, who is Busy/);
});

it('fails loudly, naming what is not as it should be, when a stage is not reached', async () => {
  const workspace = JSON.parse(readFileSync(path.join(projectRoot, 'workspace.json'), 'utf8'));
  for (const queue of workspace.taskQueues) queue.assignmentActivity = 'Reserved';
  const file = path.join(temporaryFolder(), 'workspace.json');
  writeFileSync(file, JSON.stringify(workspace));
  const { code, errors } = await new TaskrouterCommand(['demo', '--workspace', file]).ended();
  expect({ code, errors }).toEqual({
    code: 1,
    errors: expect.stringContaining("Alice's activity is Reserved"),
  });
});
