/**
 * The platform's limits for the variables of an environment, in characters and bytes.
 * Source: https://www.twilio.com/docs/serverless/functions-assets/functions/variables#limits
 */
export const maxKeyCharacters = 128;
export const maxValueBytes = 450;

/** Bytes of the context that the platform's own names and values take. Our choice, a generous one. */
const platformBytes = 400;

/**
 * For the JSON of all variables: the platform documents "about 3 kB of JSON for the whole context". Our choice: 3,072
 * bytes, less the platform's own. Source: https://www.twilio.com/docs/api/errors/82006
 */
export const maxVariablesBytes = 3072 - platformBytes;

/** The size of the variables as they count toward {@link maxVariablesBytes}. */
export function bytesOfVariables(variables: Readonly<Record<string, string>>): number {
  return Buffer.byteLength(JSON.stringify(variables));
}
