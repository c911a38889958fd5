import { type Redirection, redirected } from '../../src/proxy/preload/redirect-connections';

const redirection: Redirection = { tlsPort: 5, proxyPort: 6, confined: false, passed: ['api.twilio.com'] };
const here = { host: '127.0.0.1', port: 5 };

it.each(['taskrouter.twilio.com', 'TaskRouter.Twilio.com.', 'verify.twilio.com', 'care-1-dev.twil.io'])(
  'redirects TLS connections to %s',
  (host) => {
    expect(redirected({ host, port: 443 }, redirection)).toEqual(here);
  },
);

it.each([
  { host: 'api.twilio.com', port: 443 },
  { host: 'API.twilio.com.', port: 443 },
  { host: 'nottwilio.com', port: 443 },
  { host: 'twilio.com.example', port: 443 },
  { host: 'localhost', port: 443 },
  { port: 443 },
  { path: '/run/a.sock' },
])('leaves %j as it is', (options) => {
  expect(redirected(options, redirection)).toBe(options);
});

it('lets no other connection to Twilio out', () => {
  expect(redirected({ host: 'taskrouter.twilio.com', port: 80 }, redirection)).toMatchObject({
    host: 'refused.invalid',
  });
});

it('redirects every connection that leaves this computer, if it is confined', () => {
  const confined = { ...redirection, confined: true, passed: [] };
  expect(redirected({ host: 'elsewhere.example', port: 443 }, confined)).toEqual(here);
  expect(redirected({ host: 'elsewhere.example', port: 25 }, confined)).toMatchObject({
    host: 'refused.invalid',
  });
  expect(redirected({ host: '127.0.0.2', port: 25 }, confined)).toEqual({ host: '127.0.0.2', port: 25 });
});
