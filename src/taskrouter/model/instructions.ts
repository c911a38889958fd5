/**
 * What an assignment callback may ask for.
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

/** An instruction with its parameters as they came, in snake_case. */
export interface Instruction {
  readonly name: InstructionName;
  readonly parameters: Readonly<Record<string, unknown>>;
}
