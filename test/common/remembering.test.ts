import { rememberedFor, remembering } from '../../src/common/remembering';

it('computes each result once, even if it is null', () => {
  const computed: string[] = [];
  const lengthOf = remembering((text) => {
    computed.push(text);
    return text ? text.length : null;
  });
  expect([lengthOf('ab'), lengthOf('ab'), lengthOf(''), lengthOf('')]).toEqual([2, 2, null, null]);
  expect(computed).toEqual(['ab', '']);
});

it('forgets all results when there are too many', () => {
  let computed = 0;
  const counted = remembering(() => computed++);
  for (let number = 0; number < 1000; number++) counted(String(number));
  counted('0');
  expect(computed).toBe(1000);
  counted('1000');
  counted('0');
  expect(computed).toBe(1002);
});

it('computes the result for each list once, and for an equal list again', () => {
  const compute = jest.fn((list: readonly unknown[]) => list.length);
  const lengthOf = rememberedFor(compute);
  const list = ['a', 'b'];
  expect([lengthOf(list), lengthOf(list), lengthOf(['a', 'b'])]).toEqual([2, 2, 2]);
  expect(compute).toHaveBeenCalledTimes(2);
});
