import { callbackFunction } from '../src/adapter/callback-function';
import { noContentResponse } from '../src/adapter/responses';
import { eventCallback } from '../src/steps/event-callback';

/** TaskRouter calls this for every event of the workspace. It logs one line and responds with 204. */
export const handler = callbackFunction('event-callback', (_, event) => {
  console.debug(`event-callback ${eventCallback(event)}`);
  return noContentResponse();
});
