import path from 'node:path';
import { startTwilioProxy, type TwilioProxy } from '../../proxy/twilio-proxy';
import { packageRoot } from '../flags';
import type { Reporter } from '../reporter';
import type { Terminal } from '../terminal';

/** Starts the proxy behind which programs find the local TaskRouter. @param passed Twilio's hosts that are not refused */
export function openProxy(
  { environment }: Terminal,
  serviceUrl: string,
  passed: readonly string[],
  reporter: Reporter,
): Promise<TwilioProxy> {
  return startTwilioProxy({
    serviceUrl,
    passed,
    onRefused: (target) => reporter.apiLog.warn({ target }, `Not sent to Twilio: ${target}`),
    preloadProgram: path.join(packageRoot(), 'dist', 'cli', 'redirect-connections.js'),
    inherited: environment,
  });
}
