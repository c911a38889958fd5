import { wireUrl } from '../../src/taskrouter/webhooks/wire-url';

describe('wireUrl', () => {
  it('keeps path and query as written and drops the fragment', () => {
    const url = wireUrl("http://Host.test:80/a/../b%2f?q='x'&r=%20#rc=2");
    expect(url?.path).toBe("/a/../b%2f?q='x'&r=%20");
    expect(url?.href).toBe("http://Host.test:80/a/../b%2f?q='x'&r=%20");
    expect(url?.origin).toBe('http://host.test');
  });

  it('encodes only what HTTP cannot carry', () => {
    expect(wireUrl('http://host.test/caf\u00e9 x?q=\u6771')?.path).toBe('/caf%C3%A9%20x?q=%E6%9D%B1');
  });

  it.each(['http://host.test', 'http://host.test?x=1', 'http://host.test#rc=2'])('gives %s a path', (url) => {
    expect(wireUrl(url)?.path).toMatch(/^\/(\?x=1)?$/);
  });

  it('turns user information into basic authorization', () => {
    expect(wireUrl('http://user:p%40ss@host.test/a')).toMatchObject({
      authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
      origin: 'http://host.test',
      href: 'http://user:p%40ss@host.test/a',
    });
    expect(wireUrl('http://host.test/a')?.authorization).toBeNull();
  });

  it.each(['', '/assignment', 'ftp://host.test/a', 'http://', 'http://host:99999/', 'http://h/\ud800'])(
    'rejects %j as a URL that cannot be called',
    (url) => expect(wireUrl(url)).toBeNull(),
  );
});
