import type { Expression } from '../../language/expression';
import { compileParameter } from '../engine/rules/expression-parameter';
import type { Parameters } from './parameters';

/** Whether a row belongs in the requested list. */
export type Test<Row> = (row: Row) => boolean;

/** A filter's test; undefined when its parameter was not sent. */
export function when<Value, Row>(
  value: Value | undefined,
  test: (row: Row, value: Value) => boolean,
): Test<Row> | undefined {
  return value === undefined ? undefined : (row) => test(row, value);
}

/** Yields the rows that pass every test, one at a time. */
export function* filtered<Row>(
  rows: Iterable<Row>,
  tests: readonly (Test<Row> | undefined)[],
): Iterable<Row> {
  const passes = passesAll(tests);
  for (const row of rows) if (passes(row)) yield row;
}

/** The test of rows that pass all of these tests. */
export function passesAll<Row>(tests: readonly (Test<Row> | undefined)[]): Test<Row> {
  const wanted = tests.filter((test) => test !== undefined);
  return (row) => wanted.every((test) => test(row));
}

/** Compiles the expression in a parameter; undefined when it was not sent. @throws InvalidParameter naming the parameter */
export function readExpression(parameters: Parameters, name: string): Expression | undefined {
  const source = parameters.text(name);
  return source === undefined ? undefined : compileParameter(name, source);
}
