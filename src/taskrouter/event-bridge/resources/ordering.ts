import type { Parameters } from '../../http/parameters';
import type { DateOrder } from '../list';

/** `Ordering`, which the SDK declares for one date per list. @throws InvalidParameter */
export function readDateOrder<Row>(
  parameters: Parameters,
  name: string,
  date: (row: Row) => number,
): DateOrder<Row> | undefined {
  const ordering = parameters.oneOf('Ordering', [`${name}:asc`, `${name}:desc`]);
  return ordering === undefined ? undefined : { date, sign: ordering.endsWith(':desc') ? -1 : 1 };
}
