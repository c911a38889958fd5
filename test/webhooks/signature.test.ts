import { createHmac } from 'node:crypto';
import { validateRequest } from 'twilio';
import { signatureOf, signedText } from '../../src/taskrouter/webhooks/signature';
import { authToken } from './fixtures';

const cases: readonly [
  what: string,
  configured: string,
  requested: string,
  Record<string, string | string[]>,
][] = [
  ['a plain URL', 'http://host.test/a', 'http://host.test/a', { TaskSid: 'WT1', AccountSid: 'AC1' }],
  ['a port', 'http://127.0.0.1:3000/a', 'http://127.0.0.1:3000/a', { B: '1', a: '2', A: '3' }],
  ['the standard port', 'https://host.test:443/a', 'https://host.test/a', { A: '1' }],
  ['a query string', "https://host.test/a?x=1&y='2'%20", "https://host.test/a?x=1&y='2'%20", { A: '1' }],
  ['repeated parameters', 'http://host.test/a', 'http://host.test/a', { A: ['2', '1', '2'], B: '3' }],
  ['non-ASCII values', 'http://host.test/a', 'http://host.test/a', { Name: 'Zoë 東京 😀' }],
  ['no parameters', 'http://host.test/a', 'http://host.test/a', {}],
  ['a fragment', 'http://host.test/a?x=1#rc=2&rp=all', 'http://host.test/a?x=1', { A: '1' }],
];

describe('signatureOf', () => {
  it.each(cases)("satisfies twilio's validator with %s", (_, configured, requested, parameters) => {
    const signature = signatureOf(authToken, configured, parameters);
    expect(validateRequest(authToken, signature, requested, parameters)).toBe(true);
    expect(validateRequest(authToken, signature, requested, { ...parameters, More: '1' })).toBe(false);
    expect(validateRequest('another token', signature, requested, parameters)).toBe(false);
  });

  it('is the value computed by hand from the documented rule', () => {
    // printf %s 'https://example.test/assign?x=1AccountSidAC1TaskSidWT1' | openssl dgst -sha1 -hmac 12345 -binary | base64
    const parameters = { TaskSid: 'WT1', AccountSid: 'AC1' };
    expect(signatureOf('12345', 'https://example.test/assign?x=1', parameters)).toBe(
      '59iLJ3jdkJJChtrN6VRLVgLXoD4=',
    );
  });
});

describe('signedText', () => {
  it.each(cases.filter(([what]) => what !== 'repeated parameters'))(
    'is what the signature is made of, with %s',
    (_, configured, __, parameters) => {
      const text = signedText(configured, parameters as Record<string, string>);
      const signature = createHmac('sha1', authToken).update(text).digest('base64');
      expect(signature).toBe(signatureOf(authToken, configured, parameters));
    },
  );
});
