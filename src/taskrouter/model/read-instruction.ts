import {
  type InstructionParameter,
  type InstructionValues,
  instructionParameters,
} from './instruction-parameters';
import { url } from './instruction-readers';
import type { InstructionName } from './instructions';

/** An instruction and the values of its parameters, as `readInstruction` read them. */
export type Instruction = {
  readonly [Name in InstructionName]: {
    readonly name: Name;
    readonly parameters: InstructionValues<Name>;
  };
}[InstructionName];

/** A parameter that is missing or cannot be read. */
export interface InstructionFault {
  readonly parameter: string;
  /** Its name over REST. */
  readonly rest: string;
  readonly value: unknown;
  readonly isUrl: boolean;
  readonly wanted: string;
  readonly missing: boolean;
  /** Twilio's error code; null where none is documented for the parameter. */
  readonly code: number | null;
}

/** What `readInstruction` returns: the instruction, or its first fault. */
type InstructionReading =
  | { readonly ok: true; readonly instruction: Instruction }
  | { readonly ok: false; readonly fault: InstructionFault };

/**
 * Reads the parameters of an instruction, given in snake_case, as JSON or as form text. Unknown parameters are ignored.
 * Our choice: null and empty text count as left out, since that is what an unset variable becomes.
 */
export function readInstruction(
  name: InstructionName,
  given: Readonly<Record<string, unknown>>,
): InstructionReading {
  const values: Record<string, unknown> = {};
  for (const [parameterName, parameter] of parametersOf(name)) {
    const text = given[parameterName];
    const missing = text === undefined || text === null || text === '';
    if (missing && !parameter.required) continue;
    const value = missing ? undefined : parameter.reader.read(text);
    if (value === undefined) return { ok: false, fault: faultOf(parameterName, parameter, text, missing) };
    values[parameterName] = value;
  }
  return { ok: true, instruction: { name, parameters: values } as Instruction };
}

export function parametersOf(name: InstructionName): readonly (readonly [string, InstructionParameter])[] {
  return Object.entries<InstructionParameter>(instructionParameters[name]);
}

const faultOf = (
  name: string,
  { rest, reader, code }: InstructionParameter,
  value: unknown,
  missing: boolean,
): InstructionFault => ({
  parameter: name,
  rest: rest[0] ?? name,
  value,
  isUrl: reader === url,
  wanted: reader.wanted,
  missing,
  code,
});
