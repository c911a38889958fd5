import { isSecretParameter, isSecretVariable, maskSecrets } from '../../src/common/secrets';

it.each(['AUTH_TOKEN', 'OPERATOR_PASSWORD', 'STRIPE_API_KEY', 'privateKey', 'DB_PASSWD', 'MY_CREDENTIALS'])(
  'takes the variable %s for a secret',
  (name) => expect(isSecretVariable(name)).toBe(true),
);

it.each(['WORKSPACE_SID', 'AUTHOR', 'PASSENGER_COUNT', 'SESSION_MINUTES', 'KEY'])(
  'does not take the variable %s for a secret',
  (name) => expect(isSecretVariable(name)).toBe(false),
);

it.each(['authorization', 'Cookie', 'X-Api-Key', 'access_token', 'sig', 'code', 'pass', 'session_id'])(
  'takes the parameter %s for a secret',
  (name) => expect(isSecretParameter(name)).toBe(true),
);

it.each(['author', 'barcode', 'keyword', 'TaskSid'])('does not take the parameter %s for a secret', (name) =>
  expect(isSecretParameter(name)).toBe(false),
);

it('masks every occurrence, and ignores an empty secret', () => {
  expect(maskSecrets('a-token b-token', ['token', ''])).toBe('a-*** b-***');
});
