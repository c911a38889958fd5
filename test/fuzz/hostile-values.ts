import type { Random } from '../simulation/random';

const strings = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\n',
  '\r\nX-Injected: 1',
  '\ufeff',
  '\ud800',
  'e\u0301\u202e\u200b',
  '🦜'.repeat(33),
  'İ',
  '../../etc/passwd',
  '%00',
  '%',
  '%E0%A4%A',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  '[object Object]',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '$' + '{7*7}',
  'x'.repeat(64),
  'x'.repeat(65),
  'x'.repeat(4096),
  'x'.repeat(70_000),
];

const numbers = [
  '0',
  '-0',
  '-1',
  '1',
  '2',
  '50',
  '51',
  '1000',
  '1001',
  '1.5',
  '1e3',
  '1e400',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '007',
  '+1',
  ' 1',
  '1 ',
  '１',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '9'.repeat(400),
];

const dates = [
  '2026-01-31',
  '2026-01-31T12:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-13-45',
  '2026-01-31T25:61:61Z',
  '0000-00-00',
  '-000001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.001Z',
  '1769860800',
  'yesterday',
];

const urls = [
  'http://127.0.0.1:1/assignment',
  'https://example.com/callback?x=1#rc=5&rp=all',
  'http://user:password@example.com/',
  'http://[::1',
  'http://[::ffff:169.254.169.254]/latest/meta-data',
  'http://0x7f.1/',
  'http://münchen.example/ü',
  'ftp://example.com/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  '//example.com',
  'http://',
  `http://example.com/${'x'.repeat(3000)}`,
];

const words = [
  'true',
  'false',
  'TRUE',
  'True',
  'yes',
  '1',
  'pending',
  'accepted',
  'PENDING',
  'completed',
  'canceled',
  'wrapping',
  'rejected',
  'FIFO',
  'LIFO',
  'NONE',
  'accept',
  'dequeue',
  'conference',
  'default',
  'DateCreated:desc',
  'Priority:asc,DateCreated:desc',
  'Workers.x:sideways',
];

const texts = { strings, numbers, dates, urls, words };

/** A value that a careful server refuses or takes literally. */
export function hostileValue(random: Random): string {
  const kind = random.weighted({ strings: 4, numbers: 3, dates: 1, urls: 1, words: 2, json: 3 });
  return kind === 'json' ? hostileJson(random) : random.of(texts[kind]);
}

export function hostileJson(random: Random): string {
  return random.of([
    '{}',
    '[]',
    'null',
    '{"a":1,"a":2}',
    '{"__proto__":{"available":true}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"languages":["es"],"n":1e400,"m":-0,"big":123456789012345678901234567890}',
    '{"a":"\\ud800"}',
    '{"a":"\\u0000"}',
    "{'a':1}",
    '{"a":1,}',
    '{"a":NaN}',
    '{"":""}',
    `{"a":"${'x'.repeat(random.integer(4000, 4200))}"}`,
    `{"a":[${'1,'.repeat(1900)}1]}`,
    nestedJson(random.of([10, 199, 200, 201, 2000, 30_000])),
    '{"a":'.repeat(500),
    '\ufeff{}',
  ]);
}

const nestedJson = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;

export const randomNumber = (random: Random): string => random.of(numbers);
export const randomDate = (random: Random): string => random.of(dates);
export const randomUrl = (random: Random): string => random.of(urls);
export const randomWord = (random: Random): string => random.of(words);
