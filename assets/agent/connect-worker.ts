import { Worker } from 'twilio-taskrouter';

/**
 * Connects the worker of a token with Twilio's SDK.
 * @param eventBridgeUrl of a local TaskRouter; null for Twilio's, which the SDK finds by itself
 */
export function connectWorker(token: string, eventBridgeUrl: string | null): Worker {
  const servers = eventBridgeUrl && {
    ebServer: eventBridgeUrl,
    wsServer: eventBridgeUrl.replace(/^http/, 'ws'),
  };
  return new Worker(token, {
    ...servers,
    // The page shows errors itself.
    logLevel: 'silent',
    // Our choice: reloading the page does not end the shift.
    setWorkerOfflineIfDisconnected: false,
  });
}
