import type { Parameters } from '../http/parameters';
import { InvalidParameter } from '../model/errors';
import type { RowPosition } from './cursors';

/** How a list is ordered. */
export interface Order<Row> {
  readonly name: string;
  /** Ends with the sequence of creation, so that no two rows have the same position. */
  position(row: Row): RowPosition;
  /** Whether the order differs from the order of creation, in which the tables keep rows. */
  readonly sorts: boolean;
}

interface Sequenced {
  readonly sequence: number;
}

/** Our choice where no order is documented. */
export const byCreation: Order<Sequenced> = { name: '', position: (row) => [row.sequence], sorts: false };

/** The sort keys of an `Ordering` parameter, by name. */
type OrderingKeys<Row> = Readonly<Record<string, (row: Row) => number>>;

/**
 * Reads `Ordering=Priority:desc,DateCreated:asc`.
 * @throws InvalidParameter for an unknown name
 */
export function readOrdering<Row extends Sequenced>(
  parameters: Parameters,
  keys: OrderingKeys<Row>,
): Order<Row> {
  const clauses = parameters.list('Ordering')?.map((text) => readClause(text, keys));
  if (!clauses) return byCreation;
  return {
    name: clauses.map((clause) => `${clause.word}:${clause.sign}`).join(),
    position: (row) => [...clauses.map(({ read, sign }) => sign * read(row)), row.sequence],
    sorts: true,
  };
}

function readClause<Row>(text: string, keys: OrderingKeys<Row>) {
  const [, word = '', direction = ''] = /^(\w+):(asc|desc)$/i.exec(text) ?? [];
  const read = Object.hasOwn(keys, word) ? keys[word] : undefined;
  if (read) return { word, read, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  throw new InvalidParameter(
    `Value '${text}' provided for Ordering is not of the form Name:asc or Name:desc with Name one of ${Object.keys(keys).join(', ')}`,
  );
}

/** Negative if `left` comes before `right`. */
export function comparePositions(left: RowPosition, right: RowPosition): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference) return difference;
  }
  return 0;
}
