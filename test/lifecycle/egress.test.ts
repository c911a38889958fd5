import { goodCredentials } from '../support/api-bench';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { json, Receiver } from '../webhooks/receiver';

let test: TestService;
let receiver: Receiver;

beforeEach(async () => {
  test = await startTestService();
  await test.service.startCallbacks();
  receiver = await Receiver.open(json({ instruction: 'accept' }));
});
afterEach(async () => {
  await test.service.close();
  await receiver.close();
});

/** Has a task offered whose callback goes to this URL. @returns the entry of the callback */
async function announcedTo(assignmentCallbackUrl: string) {
  const { workspace } = await workspaceWithAlice(test.client, {
    assignmentCallbackUrl,
    fallbackAssignmentCallbackUrl: receiver.origin,
  });
  await workspace.tasks.create({ attributes: '{}' });
  await test.service.idle();
  const [entry] = test.service.callbackLog.list({ kind: 'assignment' });
  if (!entry) throw new Error('nothing was announced');
  return entry;
}

const ownUrl = (host: string) => `http://${host}:${new URL(test.service.url).port}/_taskrouter/reset`;

describe('a callback to the service itself', () => {
  it.each(['127.0.0.1', 'localhost', '0x7f.1', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]'])(
    'at %s is not sent: an alert, no retry, the fallback is called',
    async (host) => {
      const entry = await announcedTo(ownUrl(host));
      expect(entry).toMatchObject({
        outcome: 'instruction:accept',
        attempts: [{ error: { kind: 'refused_address' }, alert: { code: 11205 } }, { role: 'fallback' }],
      });
      expect(entry.attempts[0]?.error?.message).toContain('the local TaskRouter itself');
      expect(receiver.first.parameters.ErrorCode).toBe('11205');
      expect(test.service.alertLog.list({ code: 11205 })).toHaveLength(1);
      expect(test.service.journal.requests.since(0).filter(({ url }) => url.includes('reset'))).toEqual([]);
    },
  );

  it('is not sent by a replay either', async () => {
    const { id } = await announcedTo(receiver.origin);
    const replayed = await fetch(`${test.service.url}/_taskrouter/callbacks/${id}/replay`, {
      method: 'POST',
      headers: { authorization: goodCredentials },
      body: new URLSearchParams({ url: ownUrl('127.0.0.1') }),
    });
    expect(await replayed.json()).toMatchObject({
      callback: { outcome: 'failed', attempts: [{ error: { kind: 'refused_address' } }] },
    });
  });
});

it('a callback to a metadata address is not sent', async () => {
  const entry = await announcedTo('http://2852039166/latest/meta-data/');
  expect(entry.attempts[0]).toMatchObject({
    error: { message: '169.254.169.254 is a link-local or metadata address (169.254.169.254)' },
    alert: { code: 11205, remedy: expect.stringContaining('Use the URL of a receiver that is yours') },
  });
});
