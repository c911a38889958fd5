import path from 'node:path';
import { type FunctionsHost, type FunctionsHostOptions, startFunctionsHost } from '../host/functions-host';
import { startTwilioProxy } from '../proxy/twilio-proxy';

interface Surroundings {
  /** The local TaskRouter's. */
  readonly serviceUrl: string;
  /** Where this program's own `dist/` is; absolute. */
  readonly packageRoot: string;
  /** Twilio's hosts that are not refused, in lower case. */
  readonly passed: readonly string[];
}

/**
 * Runs the Functions of another project as they are: what they send to Twilio's TaskRouter arrives at the local one, and
 * other hosts of Twilio are refused.
 * @throws as `startFunctionsHost`
 */
export async function startUnmodifiedFunctions(
  options: FunctionsHostOptions,
  { serviceUrl, packageRoot, passed }: Surroundings,
): Promise<FunctionsHost> {
  const proxy = await startTwilioProxy({
    serviceUrl,
    passed,
    onRefused: (target) => options.log({ level: 'warn', message: `Not sent to Twilio: ${target}` }),
    preloadProgram: path.join(packageRoot, 'dist', 'cli', 'redirect-connections.js'),
    inherited: {},
  });
  try {
    const host = await startFunctionsHost({ ...options, processEnvironment: proxy.environment });
    const { close } = host;
    return Object.assign(host, { close: () => close().finally(() => proxy.close()) });
  } catch (error) {
    await proxy.close();
    throw error;
  }
}
