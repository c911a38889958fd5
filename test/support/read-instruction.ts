import type { InstructionName } from '../../src/taskrouter/model/instructions';
import { type Instruction, readInstruction } from '../../src/taskrouter/model/read-instruction';

/** The instruction with these parameters, read as an assignment callback's response is. */
export function instructionOf(name: InstructionName, parameters: object = {}): Instruction {
  const reading = readInstruction(name, { ...parameters });
  if (!reading.ok) throw new Error(`${name} has no usable ${reading.fault.parameter}`);
  return reading.instruction;
}
