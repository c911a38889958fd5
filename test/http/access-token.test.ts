import { jwt } from 'twilio';
import { readAccessToken, signAccessToken } from '../../src/taskrouter/http/access-token';

afterEach(() => jest.restoreAllMocks());

const sid = (prefix: string) => `${prefix}${'a'.repeat(32)}`;
const signer = { accountSid: sid('AC'), apiKey: { sid: sid('SK'), secret: 'secret-of-the-key' } };
const grant = { workspaceSid: sid('WS'), workerSid: sid('WK'), role: 'worker' as const };

const byTwilio = (options: { readonly role?: string; readonly ttl?: number } = {}) => {
  const { role = 'worker', ttl = 3600 } = options;
  const token = new jwt.AccessToken(signer.accountSid, signer.apiKey.sid, signer.apiKey.secret, {
    identity: 'Alice',
    ttl,
  });
  const { workspaceSid, workerSid } = grant;
  token.addGrant(new jwt.AccessToken.TaskRouterGrant({ workspaceSid, workerSid, role }));
  return token;
};

const parts = (token: string) =>
  token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));

it("signs the same claims as Twilio's package", () => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  const own = signAccessToken(signer, { ...grant, identity: 'Alice' }, { now: Date.now(), ttlSeconds: 3600 });
  const [header, claims] = parts(own);
  const [expectedHeader, expected] = parts(byTwilio().toJwt());
  expect(header).toEqual(expectedHeader);
  const { iat, exp, jti, ...rest } = claims;
  const { iat: issued, exp: _exp, jti: _jti, ...expectedRest } = expected;
  expect(rest).toEqual(expectedRest);
  expect({ lifetime: exp - iat, jti }).toEqual({ lifetime: 3600, jti: `${signer.apiKey.sid}-${iat}` });
  expect(iat).toBe(issued);
});

it.each(['worker', 'supervisor', 'admin'])("reads what Twilio's package signs for the role %s", (role) => {
  expect(readAccessToken(byTwilio({ role }).toJwt(), signer)).toMatchObject({ ...grant, role });
});

it.each(['HS384', 'HS512'] as const)('refuses the algorithm %s', (algorithm) => {
  expect(() => readAccessToken(byTwilio().toJwt(algorithm), signer)).toThrow('Invalid Access Token header');
});

it.each(['', '.', '..', '...', 'a.b', 'null.null.null', `${'e'.repeat(50_000)}.e.e`])(
  'refuses the text %#, which is no token',
  (text) => {
    expect(() => readAccessToken(text, signer)).toThrow(/^Invalid Access Token/);
  },
);
