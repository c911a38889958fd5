import { compileExpression, scopeOf } from '../../src/language/expression';

const evaluate = (source: string, attributes: object) =>
  compileExpression(source).evaluate(scopeOf(attributes));

describe('the conformance examples', () => {
  const attributes = {
    s: 'foo',
    n: 5,
    b: true,
    arr: ['a', 'b'],
    o: { arr: ['x', 'y', 'z'], k: 'bar' },
    z: null,
  };

  it.each([
    ['1 == 1', true],
    ['"apple" != "orange"', true],
    ['n > 4.5', true],
    ['n == "5"', false],
    ['b == true', true],
    ['b == "true"', false],
    ['missing == null', true],
    ['z != null', false],
    ['missing > 1', false],
    ["s = 'foo'", true],
    ['o.arr[2] == "z"', true],
    ["arr HAS 'a'", true],
    ["'a' IN arr", true],
    ["'q' NOT IN arr", true],
    ['s IN ["foo","bar"]', true],
    ['s HAS "foo"', false],
    ['arr == "a"', false],
    ['s CONTAINS "oo"', true],
    ['(s == "x" OR n == 5) AND b == true', true],
    ['s == "x" AND n == 5 OR b == true', true],
  ])('%s is %s', (source, value) => {
    expect(evaluate(source, attributes)).toBe(value);
  });
});

describe('the grammar', () => {
  const attributes = {
    n: -5,
    s: 'foo',
    S: 'FOO',
    list: ['a', 1, null],
    numbers: [1, 2],
    a: { b: [0, 1, { c: 'deep' }], in: 'side', $_9: 1 },
    t: true,
    f: false,
    index: [['no', 'yes']],
    order: 1,
    nothing: 2,
    _x: 3,
    $y: 4,
  };

  it.each([
    ['= is ==', 's = "foo"', true],
    ['= is ==, when false', 's = "bar"', false],
    ['>- is HAS', "list >- 'a'", true],
    ['>- is HAS, when false', "list >- 'b'", false],
    ['<- is IN', "'a' <- list", true],
    ['<- is IN, when false', "'b' <- list", false],
    ['tokens are as long as possible: >-1 is HAS 1, not > -1', 'numbers>-1', true],
    ['tokens are as long as possible: <-1 is IN', 'n<-1', false],
    ['a blank tells > -1 from >-', 'n < -1', true],
    ['keywords in lower case: and, or', '1==2 or 1==1 and 2==2', true],
    ['keywords in any case: Has', "list Has 'a'", true],
    ['keywords in any case: in', "'a' in list", true],
    ['keywords in any case: Not iN', "'b' Not iN list", true],
    ['keywords in any case: contains', 's contains "o"', true],
    ['keywords in any case: TRUE', 't == TRUE', true],
    ['keywords in any case: False', 'f == False', true],
    ['keywords in any case: NULL', 'missing == NULL', true],
    ['names are case-sensitive', 'S == "foo"', false],
    ['strings are case-sensitive', 's == "Foo"', false],
    ['AND binds tighter than OR, on the left', '1==2 AND 1==2 OR 1==1', true],
    ['AND binds tighter than OR, on the right', '1==1 OR 1==2 AND 1==2', true],
    ['parentheses come first, on the left', '(1==1 OR 1==1) AND 1==2', false],
    ['parentheses come first, on the right', '1==2 AND (1==2 OR 1==1)', false],
    ['several AND', '1==1 AND 1==1 AND 1==2', false],
    ['several OR', '1==2 OR 1==2 OR 1==1', true],
    ['parentheses nest', '((s == "foo"))', true],
    ['strings in single quotes', "s == 'foo'", true],
    ['the empty string', '"" == \'\'', true],
    ['the other quote needs no escape', `"it's" == 'it\\'s'`, true],
    ['a backslash escapes the double quote', `"\\"" == '"'`, true],
    ['a backslash escapes itself', `'\\\\' CONTAINS '\\\\' AND '\\\\' != '\\\\\\\\'`, true],
    ['a backslash before anything else is a character', `'\\n' == '\\\\n'`, true],
    ['a string may hold keywords and brackets', `') OR 1==1 (' CONTAINS 'OR'`, true],
    ['a string may hold any character', `'é😀\n' == "é😀\n"`, true],
    ['negative numbers', 'n == -5', true],
    ['numbers with a fraction', '-5.25 < n', true],
    ['numbers with leading zeros', 'n == -005.0', true],
    ['lists', 's IN ["bar", "foo"]', true],
    ['lists of one', "s IN ['foo']", true],
    ['the empty list', 's IN []', false],
    ['lists of references', 's IN [missing, a.in, s]', true],
    ['lists of lists, whose lists equal nothing', '1 IN [[1], 2]', false],
    ['lists on the left of HAS', "['foo', 'bar'] HAS s", true],
    ['index references', 'a.b[2].c == "deep"', true],
    ['indexes of indexes', 'index[0][1] == "yes"', true],
    ['names of letters, digits, _ and $', 'a.$_9 == 1 AND _x == 3 AND $y == 4', true],
    ['names that begin like a keyword', 'order == 1 AND nothing == 2 AND index[0][0] == "no"', true],
    ['a keyword is a name behind a dot', 'a.in == "side"', true],
    ['no blanks', `n==-5AND(s=='foo')OR[1]HAS 1`, true],
    ['blanks anywhere between tokens', '\t( a . b [ 2 ] . c\r\n== "deep" ) ', true],
  ])('has %s', (_rule, source, value) => {
    expect(evaluate(source, attributes)).toBe(value);
  });

  it('accepts twenty thousand terms', () => {
    const terms = Array.from({ length: 20_000 }, (_, index) => `n == ${index}`);
    expect(evaluate(terms.join(' OR '), { n: 19_999 })).toBe(true);
    expect(evaluate(terms.join(' OR '), { n: 20_000 })).toBe(false);
  });
});

describe('the meaning of an expression', () => {
  const attributes = {
    s: 'foo',
    n: 5,
    float: 5.0,
    t: true,
    z: null,
    arr: ['a', 5, true, null],
    strings: ['a'],
    empty: [],
    nested: [['a'], { a: 1 }],
    o: { k: 'v', 0: 'zero' },
    high: '\u{1F600}',
    ligature: '\uFB00',
  };

  it.each([
    ['a missing key is NULL', 'missing == null', true],
    ['a missing key below an object is NULL', 'o.missing == null', true],
    ['an index out of range is NULL', 'arr[4] == null', true],
    ['an enormous index is NULL', `arr[${'9'.repeat(400)}] == null`, true],
    ['a path through a string is NULL', 's.length == null AND s[0] == null', true],
    ['a path through a number is NULL', 'n.a.b == null', true],
    ['a path through NULL is NULL', 'z.a == null AND missing.a[0].b == null', true],
    ['an index into an object is NULL', 'o[0] == null', true],
    ['a name in an array is NULL', 'arr.length == null', true],

    ['an array beside ==', 'strings == "a"', false],
    ['an array beside !=', 'strings != "a"', false],
    ['an array on the right of ==', '"a" == strings', false],
    ['an array on the right of !=', 'n != strings', false],
    ['an array beside itself', 'arr == arr', false],
    ['an array beside NULL, ==', 'arr == null', false],
    ['an array beside NULL, !=', 'arr != null', false],
    ['an array beside >', '["a"] > "A"', false],
    ['an array beside >=', 'strings >= "a"', false],
    ['an array beside <', '"A" < strings', false],
    ['an array beside <=', '[1] <= [1]', false],
    ['an array beside CONTAINS', 'strings CONTAINS "a"', false],
    ['an array on the right of CONTAINS', 's CONTAINS ["foo"]', false],

    ['HAS with two scalars', 's HAS "foo"', false],
    ['IN with two scalars', '"foo" IN s', false],
    ['NOT IN with two scalars', '"bar" NOT IN s', false],
    ['NOT IN beside a missing list', '"bar" NOT IN missing', false],
    ['HAS the wrong way round', '"a" HAS arr', false],
    ['IN the wrong way round', 'arr IN "a"', false],
    ['NOT IN the wrong way round', 'arr NOT IN "q"', false],
    ['HAS with two arrays', 'nested HAS strings', false],
    ['IN with two arrays', 'strings IN nested', false],
    ['NOT IN with two arrays', 'strings NOT IN nested', false],

    ['HAS: an equal string', 'arr HAS "a"', true],
    ['HAS: an equal number', 'arr HAS 5.0', true],
    ['HAS: an equal boolean', 'arr HAS true', true],
    ['HAS: NULL among the elements', 'arr HAS missing', true],
    ['HAS: no NULL among the elements', 'strings HAS missing', false],
    ['HAS: no equal element', 'arr HAS "5"', false],
    ['HAS: part of an element is not equal', '["abc"] HAS "a"', false],
    ['HAS: nothing in the empty array', 'empty HAS "a"', false],
    ['HAS: elements of elements do not count', 'nested HAS "a"', false],
    ['HAS on a number matches nothing', 'n HAS "support"', false],
    ['HAS: an object is no element, not even of a list of itself', '[o] HAS o', false],
    ['IN: an equal element', 'n IN [1, 5]', true],
    ['IN: no coercion', 'n IN ["5"]', false],
    ['NOT IN: an equal element', 'n NOT IN [1, 5]', false],
    ['NOT IN: no equal element', 'n NOT IN ["5"]', true],
    ['NOT IN: the empty array', 'n NOT IN []', true],

    ['CONTAINS: a substring', 's CONTAINS "oo"', true],
    ['CONTAINS: the whole', 's CONTAINS "foo"', true],
    ['CONTAINS: the empty string', 's CONTAINS ""', true],
    ['CONTAINS: not a substring', 's CONTAINS "of"', false],
    ['CONTAINS: the wrong way round', '"oo" CONTAINS s', false],
    ['CONTAINS: numbers have no substrings', 'n CONTAINS "5"', false],
    ['CONTAINS: nor have strings numbers', '"15" CONTAINS n', false],

    ['different types are not ==', 'n == "5"', false],
    ['different types are !=', 'n != "5"', true],
    ['different types have no order, >', 'n > "4"', false],
    ['different types have no order, <=', 'n <= "6"', false],
    ['a number is no boolean', '1 == true', false],
    ['a string is no boolean', '"true" == t', false],
    ['a boolean is a boolean', 't == true AND t != false', true],
    ['booleans have no order', 'true > false', false],
    ['booleans have no order, even equal ones', 't >= true', false],

    ['NULL == NULL', 'missing == z', true],
    ['NULL != NULL', 'missing != z', false],
    ['NULL != a string', 'missing != "a"', true],
    ['NULL == a string', 'missing == ""', false],
    ['NULL != a boolean', 'missing != true', true],
    ['NULL == false', 'missing == false', false],
    ['NULL == zero', 'missing == 0', false],
    ['NULL > a number', 'missing > -1', false],
    ['NULL >= NULL', 'missing >= null', false],
    ['a number < NULL', '-1 < missing', false],
    ['NULL <= a string', 'missing <= "z"', false],
    ['NULL CONTAINS', 'missing CONTAINS ""', false],
    ['CONTAINS NULL', '"null" CONTAINS missing', false],
    ['NULL IN a list without it', 'missing IN ["a"]', false],
    ['NULL IN a list with it', 'missing IN ["a", null]', true],
    ['NULL NOT IN a list without it', 'missing NOT IN ["a"]', true],
    ['NULL NOT IN a list with it', 'missing NOT IN [null]', false],

    ['strings are ordered', '"abc" < "abd" AND "b" > "abc"', true],
    ['a prefix comes first', '"ab" < "abc" AND "abc" > "ab"', true],
    ['equal strings are <= and >=', 's <= "foo" AND s >= "foo"', true],
    ['equal strings are not <', 's < "foo"', false],
    ['equal strings are not >', 's > "foo"', false],
    ['capitals come before small letters', '"Z" < "a"', true],
    ['strings of digits are strings', '"10" < "9"', true],
    ['strings go by code point, not by UTF-16 unit', 'high > ligature AND ligature < high', true],
    ['numbers are ordered', 'n > 4.99 AND n < 5.01', true],
    ['equal numbers are <= and >=', 'n <= 5 AND n >= 5', true],
    ['equal numbers are not <', 'n < 5', false],
    ['equal numbers are not >', 'n > 5', false],
    ['int and float compare by value', '1 == 1.0 AND float == 5', true],

    ['an object beside ==', 'o == "v"', false],
    ['an object beside !=', 'o != "v"', false],
    ['an object beside NULL', 'o != null', false],
    ['an object beside itself', 'o == o', false],
    ['an object beside >=', 'o >= o', false],
    ['an object HAS', 'o HAS "v"', false],
    ['an object IN', 'o IN [o]', false],
    ['an object NOT IN', 'o NOT IN [1]', false],

    ['constants on both sides', '1==1', true],
    ['constants that differ', '"language" == "spanish"', false],
    ['references on both sides', 'n == float', true],
  ])('%s: %s is %s', (_rule, source, value) => {
    expect(evaluate(source, attributes)).toBe(value);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    '%s is missing unless it is an own attribute',
    (name) => {
      expect(evaluate(`${name} == null AND o.${name} == null AND o.${name}.name == null`, { o: {} })).toBe(
        true,
      );
      const own = JSON.parse(`{"${name}": "mine", "o": {"${name}": "too"}}`);
      expect(evaluate(`${name} == "mine" AND o.${name} == "too"`, own)).toBe(true);
    },
  );
});

describe('a compiled expression', () => {
  it('resolves first names in the scope and walks the rest of the path itself', () => {
    const names: string[] = [];
    const scope = (name: string) => {
      names.push(name);
      return name === 'worker' ? { channel: { voice: { assigned_tasks: 1 } } } : undefined;
    };
    expect(compileExpression('worker.channel.voice.assigned_tasks < 2').evaluate(scope)).toBe(true);
    expect(names).toEqual(['worker']);
  });

  it('treats a function from the scope as a value that cannot be compared', () => {
    expect(compileExpression('f == null OR f != 1 OR f.name == "f"').evaluate(() => function f() {})).toBe(
      false,
    );
  });

  it('lists each reference once, in order of appearance', () => {
    const { references } = compileExpression(
      'task.type == "a" AND ( worker . skills [ 2 ] . name IN [b, "c", task.type] OR d HAS $e )',
    );
    expect(references).toEqual(['task.type', 'worker.skills[2].name', 'b', 'd', '$e']);
  });

  it('has no references when it is constant', () => {
    expect(compileExpression('1 == 1 AND "a" IN ["a", [null]]').references).toEqual([]);
  });

  it('keeps its source', () => {
    expect(compileExpression(' 1==1 ').source).toBe(' 1==1 ');
  });

  it('stops at the term that decides the result', () => {
    const names: string[] = [];
    const scope = (name: string) => {
      names.push(name);
      return 1;
    };
    compileExpression('a == 1 OR b == 1').evaluate(scope);
    compileExpression('c == 2 AND d == 1').evaluate(scope);
    expect(names).toEqual(['a', 'c']);
  });
});
