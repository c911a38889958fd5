import { SecretMasks } from '../../src/taskrouter/snapshot/secret-masks';

const authToken = '0123456789abcdef0123456789abcdef';
const mask = (row: unknown) => new SecretMasks([authToken]).row(row);

it.each([
  ['user information in a URL', 'https://user:s3cret@example.com/path'],
  ['a signature in a URL', 'https://example.com/file?X-Amz-Signature=s3cret&part=1'],
  ['a URL within a text', 'see https://user:s3cret@example.com for more'],
  ['the password of a SIP address', 'sip:alice:s3cret@example.com'],
  ['an attribute', '{"api_key":"s3cret"}'],
  ['an attribute whose name has escapes', '{"api\\u005fkey":"s3cret"}'],
  ['attributes with white space', '{ "token" \n                           : "s3cret" }'],
  ['a number', '{"password":987653}'],
  ['an inner attribute', '{"login":{"user":"alice","password":"s3cret"}}'],
  ['everything in a secret', '{"credentials":{"user":"s3cret","more":["s3cret",{"name":"s3cret"}]},"a":1}'],
  ['a list of secrets', '{"tokens":["s3cret","s3cret"]}'],
  ['a URL in attributes', '{"recording":"https:\\/\\/user:s3cret@example.com\\/1"}'],
  ['JSON in attributes', JSON.stringify({ body: JSON.stringify({ password: 's3cret' }) })],
  ['an expression', 'languages HAS "es" AND api_key == "s3cret"'],
  ['an expression with quotes of the other kind', "worker.token IN ['s3cret', 's3cret']"],
  ['an expression the other way round', '"s3cret" == task.password'],
  ['an expression in a configuration', JSON.stringify({ filters: [{ expression: 'token=="s3cret"' }] })],
])('masks %s', (_, text) => {
  const masked = JSON.stringify(mask({ field: text }));
  expect(masked).not.toMatch(/s3cret|987653/);
  expect(masked).toContain('***');
});

it.each([
  `reason with ${authToken} in it`,
  JSON.stringify({ note: authToken }),
  JSON.stringify({ [authToken]: 1 }),
  `https://example.com/${authToken}`,
  `priority == "${authToken}"`,
])('masks the credentials of the service in %j', (text) => {
  expect(JSON.stringify(mask([text, { inner: text }]))).not.toContain(authToken);
});

it.each([
  '{"selected_language":"es","tokens_left":3,"is_secret":true,"secret":null}',
  '{"huge":12345678901234567890,"minus":-0,"escaped":"\\u00e9\\/"}',
  'selected_language == "es" AND level > 3',
  'https://example.com/assignment-callback?a=1',
  'Token ring support',
  '',
])('keeps %j as it is', (text) => {
  expect(mask(text)).toBe(text);
});

it('keeps which secrets are equal, so that tasks are routed as before', () => {
  const masks = new SecretMasks([]);
  const rows = ['token == "alpha"', '{"token":"alpha"}', '{"token":"beta"}', "token != 'beta'"];
  expect(masks.row(rows)).toEqual([
    'token == "***1"',
    '{"token":"***1"}',
    '{"token":"***2"}',
    "token != '***2'",
  ]);
  expect(masks.count).toBe(4);
});

it('leaves what is already masked as it is', () => {
  const once = mask({ attributes: '{"token":"alpha"}', url: 'https://user:pw@example.com' });
  expect(mask(once)).toEqual(once);
});
