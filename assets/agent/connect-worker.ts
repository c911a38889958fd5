import { Worker, type WorkerOptions } from 'twilio-taskrouter';
import { regionOf } from './worker-token';

/**
 * Connects the worker of a token with Twilio's SDK.
 * @param eventBridgeUrl of a local TaskRouter; null for Twilio's, which the SDK finds by itself
 */
export function connectWorker(token: string, eventBridgeUrl: string | null): Worker {
  return new Worker(token, {
    ...serverOptions(token, eventBridgeUrl),
    // The page shows errors itself.
    logLevel: 'silent',
    // Our choice: reloading the page does not end the shift.
    setWorkerOfflineIfDisconnected: false,
  });
}

function serverOptions(token: string, eventBridgeUrl: string | null): WorkerOptions {
  if (eventBridgeUrl) return { ebServer: eventBridgeUrl, wsServer: eventBridgeUrl.replace(/^http/, 'ws') };
  const region = regionOf(token);
  return region ? { region } : {};
}
