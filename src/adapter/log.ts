import { maskSecrets } from '../common/secrets';
import type { FunctionContext } from './runtime';
import { variable } from './variables';

/** The variables whose values must not appear in logs and responses. */
const secretVariables = ['AUTH_TOKEN', 'OPERATOR_PASSWORD', 'API_KEY_SECRET'] as const;

/** Logs an unexpected error under a stable code, with its stack and with the secrets masked. */
export function logError(context: FunctionContext, name: string, code: string, thrown: unknown): void {
  const text =
    thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'a value that is not an Error was thrown';
  console.error(`${name} ${code}: ${maskEnvironmentSecrets(context, text)}`);
}

/** Logs an expected error under a stable code, in one line. */
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
