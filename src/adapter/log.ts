import { maskSecrets } from '../common/secrets';
import type { FunctionContext } from './runtime';
import { variable } from './variables';

/** Variables whose values appear in no log and no answer. */
const secretVariables = ['AUTH_TOKEN', 'OPERATOR_PASSWORD'] as const;

/** One line about trouble, under a stable code; `thrown` adds its stack, with the secrets masked. */
export function logError(context: FunctionContext, name: string, code: string, thrown: unknown): void {
  const text =
    thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'something that is no error was thrown';
  console.error(`${name} ${code}: ${maskEnvironmentSecrets(context, text)}`);
}

/** One line about trouble that is understood, in our own words. */
export function logMessage(name: string, code: string, message: string): void {
  console.error(`${name} ${code}: ${message}`);
}

/** The text with every secret of the environment masked. */
export function maskEnvironmentSecrets(context: FunctionContext, text: string): string {
  return maskSecrets(
    text,
    secretVariables.map((name) => variable(context, name) ?? ''),
  );
}
