import { handler } from '../../functions/event-callback.protected';
import { exampleSid, functionContext, invoke, logged } from '../support/twilio-runtime';

const run = (event: Record<string, unknown>) => invoke(handler, { context: functionContext(), event });

it('responds with 204 as JSON without a body, and logs one line', async () => {
  const response = await run({ EventType: 'reservation.created', ResourceSid: exampleSid('WR') });
  expect(response).toMatchObject({
    status: 204,
    body: null,
    headers: { 'content-type': 'application/json' },
  });
  expect(logged).toEqual([`event-callback reservation.created ${exampleSid('WR')}`]);
});

it('lets no value forge a line of the log', async () => {
  expect((await run({ EventType: 'task.created\nforged', ResourceSid: ['a'] })).status).toBe(204);
  expect(logged).toEqual(['event-callback - -']);
});
