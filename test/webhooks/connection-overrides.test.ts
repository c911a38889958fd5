import { connectionOverrides } from '../../src/taskrouter/webhooks/connection-overrides';

const usual = {
  connectMs: 5000,
  readMs: 15_000,
  totalMs: 15_000,
  retryCount: 1,
  retryOn: ['ct'],
};
const read = (fragment: string, most = 15_000) =>
  connectionOverrides(`http://host.test/a?rc=4${fragment}`, most);

describe('connection overrides', () => {
  it.each(['', '#', '#anything', '#sni=y&e=dublin'])(
    'are the documented defaults with the fragment %j',
    (fragment) => {
      expect(read(fragment)).toEqual(usual);
    },
  );

  it('are read from the fragment', () => {
    expect(read('#ct=2000&rt=3000&tt=9000&rc=3&rp=5xx,rt')).toEqual({
      connectMs: 2000,
      readMs: 3000,
      totalMs: 9000,
      retryCount: 3,
      retryOn: ['5xx', 'rt'],
    });
  });

  it.each([
    ['ct', 'connectMs', 100, 10_000],
    ['rt', 'readMs', 100, 15_000],
    ['tt', 'totalMs', 100, 15_000],
    ['rc', 'retryCount', 0, 5],
  ] as const)('accept %s within its range and ignore it outside', (name, setting, min, max) => {
    expect(read(`#${name}=${min}`)[setting]).toBe(min);
    expect(read(`#${name}=${max}`)[setting]).toBe(max);
    expect(read(`#${name}=${min - 1}`)[setting]).toBe(usual[setting]);
    expect(read(`#${name}=${max + 1}`)[setting]).toBe(usual[setting]);
  });

  it.each(['abc', '', '1e3', '2.5', ' 200', '0x80', '99999999999'])(
    'ignore the invalid number %j',
    (value) => {
      expect(read(`#ct=${encodeURIComponent(value)}&rc=${encodeURIComponent(value)}`)).toEqual(usual);
    },
  );

  it('accept the policy all and spaces around commas, and ignore unknown policies', () => {
    expect(read('#rp=all').retryOn).toEqual(['4xx', '5xx', 'ct', 'rt']);
    expect(read('#rp=4xx, rt').retryOn).toEqual(['4xx', 'rt']);
    expect(read('#rp=never').retryOn).toEqual(['ct']);
    expect(read('#rp=never,5xx').retryOn).toEqual(['5xx']);
  });

  it('never exceed the limit for the kind of callback', () => {
    expect(read('#ct=10000&rt=15000&tt=15000', 5000)).toMatchObject({
      connectMs: 5000,
      readMs: 5000,
      totalMs: 5000,
    });
    expect(read('#tt=2000', 5000).totalMs).toBe(2000);
  });
});
