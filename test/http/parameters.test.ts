import { parseForm } from '../../src/taskrouter/http/form';
import { Parameters } from '../../src/taskrouter/http/parameters';

const read = (text: string) => new Parameters(parseForm(text));

describe('a flag that Twilio documents as text', () => {
  it.each(['true', 'TRUE', '1', 'yes'])('is true when it is %s', (value) => {
    expect(read(`Available=${value}`).flag('Available')).toBe(true);
  });
  it.each(['false', '0', 'no', 'on'])('is false when it is %j', (value) => {
    expect(read(`Available=${value}`).flag('Available')).toBe(false);
  });
  it('is undefined when it was not sent', () => {
    expect(read('').flag('Available')).toBeUndefined();
  });
});

describe('a date', () => {
  it.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T12:00:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00.250Z', '2026-01-31T12:00:00.250Z'],
    ['2026-01-31T14:00:00%2B02:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T07:00:00-0500', '2026-01-31T12:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('may be %s', (text, expected) => {
    expect(new Date(read(`StartDate=${text}`).date('StartDate') ?? Number.NaN).toISOString()).toBe(expected);
  });
  it.each(['2026-13-01', '2026-02-29', '31.1.2026', '2026-01-31T25:00:00Z', '1769860800'])(
    'may not be %j',
    (text) => {
      expect(() => read(`StartDate=${text}`).date('StartDate')).toThrow(
        `Value '${text}' provided for StartDate`,
      );
    },
  );
});

describe('a list', () => {
  it('may be repeated, written with commas, or both', () => {
    expect(read('S=a&S=b,+c&T=d').list('S')).toEqual(['a', 'b', 'c']);
  });
});

describe('an empty value', () => {
  it.each([
    ['text', (name: string) => read('V=').text(name)],
    ['all', (name: string) => read('V=&V=').all(name)[0]],
    ['list', (name: string) => read('V=&V=,+,').list(name)],
    ['integer', (name: string) => read('V=').integer(name)],
    ['boolean', (name: string) => read('V=').boolean(name)],
    ['flag', (name: string) => read('V=').flag(name)],
    ['date', (name: string) => read('V=').date(name)],
    ['sid', (name: string) => read('V=').sid(name, 'WA')],
    ['url', (name: string) => read('V=').url(name)],
    ['oneOf', (name: string) => read('V=').oneOf(name, ['FIFO'])],
    ['someOf', (name: string) => read('V=').someOf(name, ['FIFO'])],
    ['attributes', (name: string) => read('V=').attributes(name)],
    ['json', (name: string) => read('V=').json(name)],
  ])('counts as not given when it is read as %s', (_reader, value) => {
    expect(value('V')).toBeUndefined();
  });

  it('differs from a parameter that was not sent, for updates', () => {
    expect([read('V=').cleared('V'), read('V=x').cleared('V'), read('').cleared('V')]).toEqual([
      '',
      undefined,
      undefined,
    ]);
    expect([read('V=').has('V'), read('V=x').has('V')]).toEqual([false, true]);
  });
});

it('cannot read a name that the operation does not list', () => {
  expect(() => new Parameters(parseForm('A=1'), ['B']).text('A')).toThrow('operation-parameters.ts');
});

describe('a form', () => {
  it('keeps values unchanged: plus, ampersand, and equals signs, line breaks, and other scripts', () => {
    const values = ['a+b & c=d', 'ñ\r\n😀', '%20'];
    const text = new URLSearchParams(values.map((value) => ['V', value])).toString();
    expect(read(text).all('V')).toEqual(values);
  });
  it('uses the last value of a repeated name', () => {
    expect(read('FriendlyName=Alice&FriendlyName=Bob').required('FriendlyName')).toBe('Bob');
  });
  it('has only the names that were sent', () => {
    expect(read('a=1').text('constructor')).toBeUndefined();
    expect(read('__proto__=1').text('__proto__')).toBe('1');
  });
});
