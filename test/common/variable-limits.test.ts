import { bytesOfVariables, maxVariablesBytes } from '../../src/common/variable-limits';
import { settingErrors } from '../../src/deploy/settings/setting-errors';
import { requireContextFits } from '../../src/rehearsal/serverless/rules';

/** Variables whose JSON has this many bytes. */
function variablesOf(bytes: number): Record<string, string> {
  const variables: Record<string, string> = {};
  for (let index = 0; bytes - bytesOfVariables(variables) > 500; index += 1)
    variables[`OWN_${index}`] = 'x'.repeat(400);
  variables.LAST = '';
  variables.LAST = 'x'.repeat(bytes - bytesOfVariables(variables));
  return variables;
}

const rejectedBySettings = (variables: Record<string, string>) =>
  settingErrors(variables, () => true).some((fault) => fault.includes('bytes in total'));
const rejectedByRehearsal = (variables: Record<string, string>) => {
  try {
    requireContextFits(Object.entries(variables).map(([key, value]) => ({ key, value }) as never));
    return false;
  } catch {
    return true;
  }
};

it.each([
  [maxVariablesBytes, false],
  [maxVariablesBytes + 1, true],
])(
  'a rehearsal rejects as many bytes of variables as the check before a deployment: %i',
  (bytes, rejected) => {
    const variables = variablesOf(bytes);
    expect(bytesOfVariables(variables)).toBe(bytes);
    expect(rejectedBySettings(variables)).toBe(rejected);
    expect(rejectedByRehearsal(variables)).toBe(rejected);
  },
);
