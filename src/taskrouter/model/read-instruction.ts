import {
  type InstructionParameter,
  type InstructionValues,
  instructionParameters,
} from './instruction-parameters';
import type { Instruction, InstructionName } from './instructions';

/** What is wrong with a parameter of an instruction. */
export interface InstructionFault {
  readonly parameter: string;
  /** Its name over REST. */
  readonly rest: string;
  readonly wanted: string;
  readonly missing: boolean;
  /** Twilio's error code; null where none is documented for the parameter. */
  readonly code: number | null;
}

/** The first parameter that is missing or cannot be read; null when all is well. Unknown ones are not looked at. */
export function faultOf(instruction: Instruction): InstructionFault | null {
  for (const [name, parameter] of parametersOf(instruction.name)) {
    const fault = faultOfParameter(name, parameter, instruction.parameters[name]);
    if (fault) return fault;
  }
  return null;
}

/** The values of an instruction without fault. */
export function valuesOf<Name extends InstructionName>(
  name: Name,
  given: Instruction['parameters'],
): InstructionValues<Name> {
  const values = parametersOf(name)
    .filter(([parameter]) => !isLeftOut(given[parameter]))
    .map(([parameter, { reader }]) => [parameter, reader.read(given[parameter])] as const);
  return Object.fromEntries(values) as InstructionValues<Name>;
}

export function parametersOf(name: InstructionName): readonly (readonly [string, InstructionParameter])[] {
  return Object.entries<InstructionParameter>(instructionParameters[name]);
}

/** Our choice: null and empty text are as good as nothing, since that is what an unset variable becomes. */
export const isLeftOut = (given: unknown): boolean => given === undefined || given === null || given === '';

function faultOfParameter(
  name: string,
  { rest, reader, code, required }: InstructionParameter,
  given: unknown,
): InstructionFault | null {
  const missing = isLeftOut(given);
  if (missing ? !required : reader.read(given) !== undefined) return null;
  return { parameter: name, rest: rest[0] ?? name, wanted: reader.wanted, missing, code };
}
