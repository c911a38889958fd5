import { assignmentErrors } from '../../src/adapter/assignment-environment';

const errorsOf = (variables: Record<string, string>) => assignmentErrors(variables);

describe('the settings of the assignment callback', () => {
  it.each([
    ['nothing', {}],
    ['none', { ASSIGNMENT_INSTRUCTION: 'none' }],
    ['accept', { ASSIGNMENT_INSTRUCTION: 'accept' }],
    ['dequeue', { ASSIGNMENT_INSTRUCTION: 'dequeue', ASSIGNMENT_FROM: '+15005550006' }],
    [
      'redirect',
      {
        ASSIGNMENT_INSTRUCTION: 'redirect',
        ASSIGNMENT_URL: 'https://example.com/twiml',
        ASSIGNMENT_ACCEPT: 'true',
      },
    ],
  ])('have no errors with %s', (_what, variables) => {
    expect(errorsOf(variables)).toEqual([]);
  });

  it('name the instructions that exist', () => {
    expect(errorsOf({ ASSIGNMENT_INSTRUCTION: 'acept' })).toEqual([
      expect.stringMatching(/^ASSIGNMENT_INSTRUCTION, .* must be one of none, accept, .*\.$/),
    ]);
  });

  it('name the variable that an instruction lacks', () => {
    expect(errorsOf({ ASSIGNMENT_INSTRUCTION: 'call' })).toEqual([
      'Set ASSIGNMENT_FROM for this instruction.',
    ]);
  });

  it('name a variable that is malformed', () => {
    expect(errorsOf({ ASSIGNMENT_INSTRUCTION: 'reject', REJECT_ACTIVITY_SID: 'Offline' })).toEqual([
      'REJECT_ACTIVITY_SID must be the sid of an activity: WA followed by 32 hexadecimal digits.',
    ]);
  });
});
