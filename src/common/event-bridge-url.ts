/** The path of the worker SDK's requests and of its WebSocket, as on Twilio. */
export const eventBridgePath = '/v1/wschannels';

/** The `ebServer` of a local TaskRouter; its `wsServer` is the same with `ws:`. */
export const eventBridgeUrl = (taskrouterUrl: string): string => new URL(eventBridgePath, taskrouterUrl).href;
