import { confirmTakeOver } from '../../src/deploy/target/take-over';
import { ConfigurationError } from '../../src/system/config';

const service = { sid: `ZS${'0'.repeat(32)}`, uniqueName: 'taskrouter-lifecycle' };
const theirs = { service, isOurs: false };

function person(answer: boolean) {
  const questions: string[] = [];
  const confirm = async (question: string) => {
    questions.push(question);
    return answer;
  };
  return { questions, confirm };
}

describe('a Service that was not deployed from this folder', () => {
  it('is replaced after one confirmation that names it', async () => {
    const { questions, confirm } = person(true);
    await confirmTakeOver(theirs, confirm);
    expect(questions).toEqual([
      `The account has a Service "taskrouter-lifecycle" (${service.sid}) that was not deployed from this folder. Replace its Functions and assets?`,
    ]);
  });

  it('is kept when the user declines', async () => {
    const { confirm } = person(false);
    await expect(confirmTakeOver(theirs, confirm)).rejects.toThrow(/^Nothing was deployed\./);
  });

  it('is kept when there is no terminal to ask on', async () => {
    await expect(confirmTakeOver(theirs, null)).rejects.toThrow(ConfigurationError);
    await expect(confirmTakeOver(theirs, null)).rejects.toThrow(
      /Use --yes to replace its Functions and assets/,
    );
  });
});

it.each([
  ['ours', { service, isOurs: true }],
  ['missing', { service: null, isOurs: false }],
])('asks nothing about a Service that is %s', async (_, target) => {
  const { questions, confirm } = person(false);
  await confirmTakeOver(target, confirm);
  await confirmTakeOver(target, null);
  expect(questions).toEqual([]);
});
