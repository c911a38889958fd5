import { maskUrl } from '../../src/common/mask-url';
import { similarName } from '../../src/common/similar-name';
import { maskResponseBody } from '../../src/taskrouter/inspector/mask';

it('masks secrets in a query, and reads a query of a million question marks at once', () => {
  expect(maskUrl('http://x/?a&password=1&token&b=2')).toBe('http://x/?a&password=***&token&b=2');
  const url = `http://x/${'?'.repeat(1_000_000)}`;
  expect(maskUrl(url)).toBe(url);
});

it('does not compare a name of a million characters with known names', () => {
  expect(similarName('queue'.repeat(200_000), ['queue'])).toBeUndefined();
});

it.each([
  [
    '<Dial action="/d?token=hunter2&amp;b=2">+1555</Dial>',
    '<Dial action="/d?token=***&amp;b=2">+1555</Dial>',
  ],
  [
    "<Play>http://u:hunter2@x/a.mp3</Play><Say>Who's?</Say>",
    "<Play>http://***@x/a.mp3</Play><Say>Who's?</Say>",
  ],
  ['<Redirect>next?a=1&amp;api_key=hunter2</Redirect>', '<Redirect>next?a=1&amp;api_key=***</Redirect>'],
  [
    '{"instruction":"call","url":"https://x/?secret=hunter2"}',
    '{"instruction":"call","url":"https://x/?secret=***"}',
  ],
])('masks the secrets of the URLs in %s', (body, expected) => {
  expect(maskResponseBody(body)).toBe(expected);
});
