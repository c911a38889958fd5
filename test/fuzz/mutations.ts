import type { Random } from '../simulation/random';
import { hostileValue } from './hostile-values';
import type { FuzzRequest } from './request';

const methods = [
  'GET',
  'POST',
  'DELETE',
  'PUT',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'get',
];

const hostileHeaders: readonly (readonly [string, readonly string[]])[] = [
  [
    'If-Match',
    ['*', '"0"', '0', 'W/"1"', '"0", "1"', '""', '"', ',', 'x'.repeat(5000), 'ü', '"9999999999999999"'],
  ],
  ['If-None-Match', ['*', '"0"']],
  ['If-Unmodified-Since', ['Sat, 31 Jan 2026 12:00:00 GMT', 'x']],
  ['Range', ['bytes=0-0', 'bytes=9-1', 'bytes=999999999-', 'x']],
  [
    'Host',
    ['evil.example', 'localhost', '', 'taskrouter.twilio.com', '127.0.0.1.evil.example', '[::1', 'a b'],
  ],
  ['Origin', ['null', 'http://evil.example', 'http://127.0.0.1', '']],
  ['Referer', ['http://evil.example/x', 'x']],
  ['Sec-Fetch-Site', ['cross-site', 'same-origin', 'same-site', 'none', 'x']],
  [
    'Content-Type',
    ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'multipart/form-data', '', '/'],
  ],
  ['Content-Encoding', ['gzip', 'br', 'x']],
  ['Content-Length', ['0', '1', '99999', '-1', '1e3', '9999999999999', 'x']],
  ['Transfer-Encoding', ['chunked', 'gzip', 'identity', 'chunked, chunked']],
  ['Expect', ['100-continue', '200-ok']],
  ['Accept', ['text/html', 'x/y;q=2']],
  ['Connection', ['close', 'Upgrade', 'x']],
  ['Upgrade', ['websocket', 'h2c']],
  ['X-HTTP-Method-Override', ['DELETE']],
  ['X-Forwarded-Host', ['evil.example']],
  ['Cookie', ['a=b', 'x'.repeat(9000)]],
  ['X-Long', ['x'.repeat(15_000), 'x'.repeat(17_000)]],
];

/** Makes requests of which a part is not what a server expects. They are still HTTP. */
export class Mutations {
  constructor(private readonly random: Random) {}

  mutated(request: FuzzRequest): FuzzRequest {
    const { random } = this;
    const kind = random.weighted({ nothing: 60, method: 4, path: 5, header: 15, body: 5, noHeaders: 1 });
    const mutations: Record<typeof kind, () => Partial<FuzzRequest>> = {
      nothing: () => ({}),
      method: () => ({ method: random.of(methods) }),
      path: () => ({ path: this.mutatedPath(request.path) }),
      header: () => ({ headers: [...request.headers, ...this.hostileHeaders()] }),
      body: () => ({ body: this.hostileBody() }),
      noHeaders: () => ({ headers: [] }),
    };
    return { ...request, ...mutations[kind]() };
  }

  private mutatedPath(path: string): string {
    const { random } = this;
    return random.of([
      `/${path}`,
      `${path}/`,
      `${path}//`,
      path.toLowerCase(),
      path.replace('v1', 'v2'),
      `${path}/%00`,
      `${path}/%`,
      `${path}/%2e%2e/%2e%2e`,
      `${path}/${'x'.repeat(random.of([200, 5000, 20_000]))}`,
      `${path};a=b`,
      `${path}.json`,
      `${path}?`,
      `${path}?%=%&&=&a`,
      `http://evil.example${path}`,
      path.replaceAll('/', '%2f'),
      '*',
      `/${encodeURIComponent('🦜')}`,
    ]);
  }

  private hostileHeaders(): (readonly [string, string])[] {
    return Array.from({ length: this.random.integer(1, 3) }, () => {
      const [name, values] = this.random.of(hostileHeaders);
      return [name, this.random.of(values)] as const;
    });
  }

  private hostileBody(): string {
    const { random } = this;
    return random.of([
      '',
      '=',
      '&&&',
      'Attributes=%',
      'Attributes=%ff%fe',
      'FriendlyName=a%00b',
      `FriendlyName=${'x'.repeat(200_000)}`,
      'a=1&'.repeat(20_000),
      '{"Attributes":{}}',
      '--x\r\nContent-Disposition: form-data; name="FriendlyName"\r\n\r\nA\r\n--x--\r\n',
      '--x\r\nContent-Disposition: form-data; name="Attributes"; filename="x"\r\n\r\n',
      '\0\x01\x02',
      hostileValue(random),
    ]);
  }
}
