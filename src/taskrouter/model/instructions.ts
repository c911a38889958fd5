/**
 * What an assignment callback or a REST request may ask for.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export const instructionNames = [
  'accept',
  'reject',
  'dequeue',
  'call',
  'redirect',
  'conference',
  'supervise',
] as const;
export type InstructionName = (typeof instructionNames)[number];

/** `supervise` exists over REST only, on the task's path: https://www.twilio.com/docs/taskrouter/api/reservations */
export const callbackInstructionNames = instructionNames.filter((name) => name !== 'supervise');

/** https://www.twilio.com/docs/api/errors/55555: not an instruction, or one with a parameter that has no code itself. */
export const invalidInstruction = 55555;
