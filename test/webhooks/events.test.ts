import { validateRequest } from 'twilio';
import { accountSid, authToken, Bench, eventDelivery } from './fixtures';
import { hang, json, Receiver, type Responder, status } from './receiver';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(async () => {
  await bench.close();
  expect(bench.errors).toEqual([]);
});

async function announced(respond: Responder, fragment = '') {
  const receiver = await bench.with(Receiver.open(respond));
  const delivery = eventDelivery(`${receiver.origin}/events${fragment}`);
  const entry = await bench.deliver(delivery);
  return { receiver, delivery, entry };
}

describe('an event callback', () => {
  it('is a signed form POST and is settled once it gets a response', async () => {
    const { receiver, delivery, entry } = await announced(status(204));
    const { url, headers, parameters, method } = receiver.first;
    expect(method).toBe('POST');
    expect(parameters).toEqual({ ...delivery.parameters, AccountSid: accountSid });
    expect(validateRequest(authToken, String(headers['x-twilio-signature']), url, parameters)).toBe(true);
    expect(bench.taskRouter.settled).toEqual([{ type: 'SettleEventCallback', eventSid: delivery.sid }]);
    expect(entry).toMatchObject({
      kind: 'event',
      outcome: 'delivered',
      eventSid: delivery.sid,
      eventType: 'reservation.created',
      reservationSid: delivery.parameters.ReservationSid,
      result: null,
    });
  });

  it.each([
    ['an instruction', json({ instruction: 'accept' })],
    ['text', json('thanks', 'text/plain')],
    ['more than anybody reads', json('x'.repeat(1e6))],
  ])('is delivered whatever the response: %s', async (_, respond) => {
    expect((await announced(respond)).entry).toMatchObject({
      outcome: 'delivered',
      attempts: [{ alert: null }],
    });
  });

  it.each([
    ['an error', status(500), 11200],
    ['a redirect', status(302, { Location: '/' }), 11200],
  ])('is dropped and settled after %s', async (_, respond, code) => {
    const { receiver, delivery, entry } = await announced(respond);
    expect(entry).toMatchObject({ outcome: 'dropped', attempts: [{ alert: { code } }] });
    expect(receiver.received).toHaveLength(1);
    expect(bench.taskRouter.settled).toEqual([{ type: 'SettleEventCallback', eventSid: delivery.sid }]);
  });

  it('is retried according to the connection overrides', async () => {
    const { receiver, entry } = await announced(
      (response, received, count) => status(count < 3 ? 500 : 204)(response, received, count),
      '#rc=4&rp=5xx',
    );
    expect(receiver.received).toHaveLength(3);
    expect(entry.outcome).toBe('delivered');
    expect(new Set(receiver.received.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(
      1,
    );
  });

  it('is dropped when the response takes too long', async () => {
    bench = new Bench({ timeouts: { assignment: 5000, event: 80 } });
    expect((await announced(hang)).entry).toMatchObject({
      outcome: 'dropped',
      attempts: [{ error: { kind: 'total_timeout' } }],
    });
  });
});
