import { ApiBench } from '../support/api-bench';
import { testAccount } from '../support/start-test-taskrouter';

const path = `/2010-04-01/Accounts/${testAccount.sid}`;
let bench: ApiBench;

beforeAll(async () => {
  bench = await ApiBench.start();
});
afterAll(() => bench.close());

it('fetches the account, as programs do at their start', async () => {
  // https://www.twilio.com/docs/iam/api/account#fetch-an-account-resource
  const { status, body } = await bench.get(`${path}.json`, { host: 'api.twilio.com' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    sid: testAccount.sid,
    owner_account_sid: testAccount.sid,
    auth_token: testAccount.authToken,
    status: 'active',
    type: 'Full',
    date_created: 'Sat, 31 Jan 2026 12:00:00 +0000',
    uri: `${path}.json`,
  });
  expect(body.subresource_uris).toMatchObject({
    calls: `${path}/Calls.json`,
    available_phone_numbers: `${path}/AvailablePhoneNumbers.json`,
    sip: `${path}/SIP.json`,
  });
});

it('finds no other account, and needs credentials', async () => {
  const other = path.replace('abc', 'abd');
  expect(await bench.get(`${other}.json`)).toMatchObject({
    status: 404,
    body: { code: 20404, message: `The requested resource ${other}.json was not found` },
  });
  expect((await bench.send('GET', `${path}.json`, undefined, { authorization: 'Basic eDp5' })).status).toBe(
    401,
  );
});
