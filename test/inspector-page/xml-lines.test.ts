import { formatText } from '../../src/inspector-page/data/format-text';
import { xmlLines } from '../../src/inspector-page/data/xml-lines';

/** As the page shows it. */
const shown = (text: string) => (xmlLines(text) ? formatText(text).split('\n') : undefined);

it('puts each element on a line of its own, and text beside its tags', () => {
  const twiml =
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather numDigits="1" action="/chosen?a=1&amp;b=2">' +
    '<Say language="es-US">Para español, oprima el uno.</Say></Gather><Redirect>/again</Redirect><Hangup/></Response>';
  expect(shown(twiml)).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Response>',
    '  <Gather numDigits="1" action="/chosen?a=1&amp;b=2">',
    '    <Say language="es-US">Para español, oprima el uno.</Say>',
    '  </Gather>',
    '  <Redirect>/again</Redirect>',
    '  <Hangup/>',
    '</Response>',
  ]);
});

it.each([
  ['an empty element', '<a></a>', ['<a></a>']],
  ['text beside elements', '<a>one<b/>two</a>', ['<a>', '  one', '  <b/>', '  two', '</a>']],
  ['CDATA', '<a><![CDATA[{"x": "<y>"}]]></a>', ['<a><![CDATA[{"x": "<y>"}]]></a>']],
  ['a comment', '<a><!-- <b> --></a>', ['<a>', '  <!-- <b> -->', '</a>']],
  ['a sign in a value', "<a b='x > y'/>", ["<a b='x > y'/>"]],
  ['a document that is cut off in a tag', '<a><b c="d', ['<a>', '  <b c=', '  "d']],
  ['more ends than beginnings', '</a></b><c/>', undefined],
  ['HTML that nobody closed', '<p>one<p>two', ['<p>', '  one', '  <p>', '    two']],
])('shows %s', (_, text, lines) => expect(shown(text)).toEqual(lines));

it('is no XML if it does not begin like it', () => {
  expect(['', 'Hello <b>', '{"a":1}', '< 3', '<'].map(xmlLines)).toEqual(Array(5).fill(undefined));
});

it('tells names, values, and text apart', () => {
  const [line] = xmlLines('<Say voice="alice" loop=\'2\'>Hi</Say>') ?? [];
  expect(line?.parts.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'mark <',
    'name Say',
    'mark  voice=',
    'value "alice"',
    'mark  loop=',
    "value '2'",
    'mark >',
    'text Hi',
    'mark </',
    'name Say',
    'mark >',
  ]);
});

it('reads a long text of signs at once', () => {
  for (const text of ['<"'.repeat(50_000), '<a'.repeat(50_000), '<a b="'.repeat(20_000)])
    expect(xmlLines(`<a>${text}`)?.length).toBeGreaterThan(0);
});
