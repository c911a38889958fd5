import { isFromForeignPage } from '../../src/common/own-address';

const own = ['http://127.0.0.1:3000', 'https://name.example'];

it.each([
  {},
  { origin: 'http://127.0.0.1:3000' },
  { referer: 'http://127.0.0.1:3000/' },
  { referer: 'https://name.example/page?a=1', origin: 'https://name.example' },
])('takes a request with %j for one of our own pages, or of a program', (headers) => {
  expect(isFromForeignPage(headers, own)).toBe(false);
});

it.each([
  { origin: 'null' },
  { origin: 'http://127.0.0.1:4040' },
  { origin: 'https://127.0.0.1:3000' },
  { referer: 'http://evil.example/' },
  { referer: 'http://127.0.0.1:3000.evil.example/' },
  { referer: 'http://127.0.0.1:30000/' },
  { origin: 'http://127.0.0.1:3000', referer: 'http://evil.example/' },
])('takes a request with %j for one of a page of another origin', (headers) => {
  expect(isFromForeignPage(headers, own)).toBe(true);
});
