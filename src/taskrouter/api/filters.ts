/** Whether a row belongs to the list that was asked for. */
export type Test<Row> = (row: Row) => boolean;

/** The test that a filter makes when its parameter was sent. */
export function when<Value, Row>(
  value: Value | undefined,
  test: (row: Row, value: Value) => boolean,
): Test<Row> | undefined {
  return value === undefined ? undefined : (row) => test(row, value);
}

/** The rows that pass every test, one at a time: a list reads no further than its page. */
export function* filtered<Row>(
  rows: Iterable<Row>,
  tests: readonly (Test<Row> | undefined)[],
): Iterable<Row> {
  const wanted = tests.filter((test) => test !== undefined);
  for (const row of rows) if (wanted.every((test) => test(row))) yield row;
}
