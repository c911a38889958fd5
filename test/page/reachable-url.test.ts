import { reachableUrl } from '../../assets/design/reachable-url';

it.each([
  ['another computer', 'http://192.168.1.5:3000/', 'http://192.168.1.5:4040/'],
  ['another computer over IPv6', 'http://[fd00::1]:3000/', 'http://[fd00::1]:4040/'],
  ['the same computer', 'http://localhost:3000/', 'http://127.0.0.1:4040/'],
  ['a tunnel', 'https://name.example/', 'http://127.0.0.1:4040/'],
])('links to the other page for a browser on %s', (_where, pageUrl, expected) => {
  expect(reachableUrl('http://127.0.0.1:4040/', pageUrl)).toBe(expected);
  expect(`${reachableUrl('http://127.0.0.1:4040', pageUrl)}/`).toBe(expected);
});

it('leaves a link to another computer as it is', () => {
  const elsewhere = 'https://lifecycle-1234.twil.io';
  expect(reachableUrl(elsewhere, 'http://192.168.1.5:4040/')).toBe(elsewhere);
});
