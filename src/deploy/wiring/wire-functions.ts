import { readDeployedBuild, requireProtectedCallback } from '../functions/deployed-build';
import type { FunctionsClient } from '../functions/functions-client';
import { planWiring, type Wiring, type WiringOptions, wire } from './wiring';

export interface WireFunctionsOptions extends Omit<WiringOptions, 'functionsUrl'> {
  readonly functions: FunctionsClient;
  /** Whether the operator is known, so that the Functions can be asked which build they are. */
  readonly knowsOperator: boolean;
}

export interface WiredFunctions extends Wiring {
  /** What answers there; null when nobody could ask. */
  readonly build: string | null;
}

/**
 * Points the callbacks at Functions that are there, whichever way they got there.
 * @throws DeploymentFailed, before anything is changed, when they are not there or refuse the operator; ConfigurationError
 *   when the workspace is not
 */
export async function wireFunctions(options: WireFunctionsOptions): Promise<WiredFunctions> {
  const { client, functions, knowsOperator } = options;
  await requireProtectedCallback(functions);
  const build = knowsOperator ? await readDeployedBuild(functions) : null;
  const wiring = await planWiring({ ...options, functionsUrl: functions.url });
  await wire(client, wiring);
  return { ...wiring, build };
}
