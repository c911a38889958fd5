/**
 * The instructions of an assignment callback's response and of the REST API.
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

/** https://www.twilio.com/docs/api/errors/55555: an unknown instruction, or a bad parameter without its own code. */
export const invalidInstruction = 55555;
