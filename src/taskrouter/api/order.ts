import type { Parameters } from '../http/parameters';
import { InvalidParameter } from '../model/errors';
import type { RowPosition } from './cursors';

export interface Sequenced {
  readonly sequence: number;
}

/** One sort key of a list; `sign` is -1 if its order is descending. */
interface SortKey<Row> {
  readonly read: (row: Row) => number;
  readonly sign: 1 | -1;
}

/**
 * How a list is ordered: by its keys, and then by the sequence of creation, so that no two rows have the same position.
 * Most rows are compared without making their positions, because a list compares all of its rows.
 */
export class Order<Row> {
  constructor(
    readonly name: string,
    private readonly keys: readonly SortKey<Row & Sequenced>[],
  ) {}

  /** Whether the order differs from the order of creation, in which the tables keep rows. */
  get sorts(): boolean {
    return this.keys.length > 0;
  }

  /** The direction of the first key; undefined for the order of creation. */
  get direction(): 1 | -1 | undefined {
    return this.keys[0]?.sign;
  }

  position(row: Row & Sequenced): RowPosition {
    const position: number[] = [];
    for (const { read, sign } of this.keys) position.push(sign * read(row));
    position.push(row.sequence);
    return position;
  }

  /** Negative if the row comes before the position. */
  compareTo(row: Row & Sequenced, position: RowPosition): number {
    const { keys } = this;
    for (let index = 0; index < keys.length; index += 1) {
      const { read, sign } = keys[index] as SortKey<Row & Sequenced>;
      const difference = sign * read(row) - (position[index] as number);
      if (difference) return difference;
    }
    return row.sequence - (position[keys.length] as number);
  }
}

/** Negative if `left` comes before `right`. */
export function comparePositions(left: RowPosition, right: RowPosition): number {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] as number) - (right[index] as number);
    if (difference) return difference;
  }
  return 0;
}

/** Our choice where no order is documented. */
export const byCreation = new Order<Sequenced>('', []);

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
  return new Order(clauses.map(({ word, sign }) => `${word}:${sign}`).join(), clauses);
}

function readClause<Row>(text: string, keys: OrderingKeys<Row>) {
  const [, word = '', direction = ''] = /^(\w+):(asc|desc)$/i.exec(text) ?? [];
  const read = Object.hasOwn(keys, word) ? keys[word] : undefined;
  if (read) return { word, read, sign: direction.toLowerCase() === 'desc' ? -1 : 1 } as const;
  throw new InvalidParameter(
    `Value '${text}' provided for Ordering is not of the form Name:asc or Name:desc with Name one of ${Object.keys(keys).join(', ')}`,
  );
}
