import { type Test, when } from '../http/filters';
import type { ApiRequest } from './api-request';

const dayMs = 86_400_000;
const dayOf = (time: number): number => Math.floor(time / dayMs);

/** A filter by date, and those by what is before and after it: `StartTime`, `StartTime<`, and `StartTime>`. */
export const timeFilters = (name: string): string[] => [name, `${name}<`, `${name}>`];

/** A date means the whole day, in UTC; before and after include the time itself. @param of Unix milliseconds */
export function timeTests<Row>(
  { parameters }: ApiRequest,
  name: string,
  of: (row: Row) => number | null,
): (Test<Row> | undefined)[] {
  const test = (filter: string, matches: (time: number, wanted: number) => boolean) =>
    when(parameters.date(filter), (row: Row, wanted) => {
      const time = of(row);
      return time !== null && matches(time, wanted);
    });
  return [
    test(name, (time, wanted) => dayOf(time) === dayOf(wanted)),
    test(`${name}<`, (time, wanted) => time <= wanted),
    test(`${name}>`, (time, wanted) => time >= wanted),
  ];
}
