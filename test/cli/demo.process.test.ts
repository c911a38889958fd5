import { stages, unreachableStage, voiceStages } from '../support/stages';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';

endCommandsAfterEach();

it('shows every stage for both ways of accepting, with sids, and ends with 0', async () => {
  const { code, output, errors } = await new TaskrouterCommand(['demo']).ended();
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const shown = output.split('\n').flatMap((line) => /✓ (.+?)\s{2,}(.*)/.exec(line)?.slice(1, 3) ?? []);
  const names = shown.filter((_, index) => index % 2 === 0);
  expect(names).toEqual([...stages, ...stages]);
  expect(output).toMatch(/WR[0-9a-f]{32} by Alice, over REST/);
  expect(output).toMatch(/WR[0-9a-f]{32} by Alice, by the callback's instruction/);
  expect(output).toMatch(/WT[0-9a-f]{32} to Alice, who is Busy/);
});

it('takes a call from the greeting to the completed task, with signed requests alone', async () => {
  const { code, output, errors } = await new TaskrouterCommand(['demo', '--voice']).ended();
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const shown = output.split('\n').flatMap((line) => /✓ (.+?)\s{2,}/.exec(line)?.[1] ?? []);
  expect(shown).toEqual(voiceStages);
  expect(output).toMatch(/Alice after the call +WrapUp\n/);
  expect(output).toMatch(/caller presses 1\n(.*\n)+.*connects Alice\n(.*\n)*.*Alice hangs up\n/);
});

it('fails loudly, naming what is not as it should be, when a stage is not reached', async () => {
  const { workspace, reason } = unreachableStage();
  const { code, errors } = await new TaskrouterCommand(['demo', '--workspace', workspace]).ended();
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(reason) });
});
