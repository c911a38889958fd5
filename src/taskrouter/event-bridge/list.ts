import { limits } from '../../common/limits';
import type { Slices } from '../../common/slices';
import type { Parameters } from '../http/parameters';
import { InvalidParameter } from '../model/errors';
import type { Call } from './call';

interface Listed {
  readonly sid: string;
  readonly sequence: number;
}

/** How rows are sorted: by a date, in one direction. */
export interface DateOrder<Row> {
  readonly date: (row: Row) => number;
  readonly sign: 1 | -1;
}

interface RowList<Row extends Listed> {
  /** All rows, in order of creation. */
  readonly rows: Iterable<Row>;
  readonly passes: (row: Row) => boolean;
  /** The prefix of their SIDs. */
  readonly prefix: string;
  /** Default: the order of creation. */
  readonly order?: DateOrder<Row> | undefined;
  readonly format: (row: Row) => object;
}

/** After which row a page begins. */
interface Position {
  readonly date: number;
  readonly sequence: number;
}

/**
 * A page of a list: the SDK asks for the next one with the SID of its last row (`AfterSid`), or if the list is ordered, with
 * `NextToken`, which is that SID and the date by which the row was sorted.
 * @throws InvalidParameter
 */
export async function listPayload<Row extends Listed>(
  { parameters, slices }: Call,
  list: RowList<Row>,
): Promise<object> {
  const { order } = list;
  const pageSize = readPageSize(parameters);
  const rows = [...list.rows];
  const after = readPosition(parameters, rows, list);
  const found = await filtered(rows, list.passes, slices);
  if (order) found.sort((left, right) => compare(positionOf(left, order), positionOf(right, order), order));
  const isBefore = (row: Row) => after !== undefined && compare(positionOf(row, order), after, order) <= 0;
  const start = found.filter(isBefore).length;
  const page = found.slice(start, start + pageSize);
  return {
    contents: page.map(list.format),
    ...counts(found.length, start, pageSize),
    ...links(page, { isFirst: start === 0, isLast: start + pageSize >= found.length, order }),
  };
}

/** Our choice: so many rows take less than a slice, with any expression. */
const rowsAtOnce = 100;

async function filtered<Row>(
  rows: readonly Row[],
  passes: (row: Row) => boolean,
  slices: Slices,
): Promise<Row[]> {
  if (rows.length <= rowsAtOnce) return rows.filter(passes);
  const found: Row[] = [];
  await slices.each(rows, (row) => {
    if (passes(row)) found.push(row);
  });
  return found;
}

const { default: defaultPageSize, max: maxPageSize } = limits.listPage;

/** Our choice: as in the REST API, a size above the maximum is reduced to it. */
function readPageSize(parameters: Parameters): number {
  const pageSize = parameters.integer('PageSize') ?? defaultPageSize;
  if (pageSize < 1) throw InvalidParameter.outOfRange('PageSize', pageSize, `1 to ${maxPageSize}`);
  return Math.min(pageSize, maxPageSize);
}

function readPosition<Row extends Listed>(
  parameters: Parameters,
  rows: readonly Row[],
  { prefix, order }: RowList<Row>,
): Position | undefined {
  const [name, text] = order
    ? ['NextToken', parameters.text('NextToken')]
    : ['AfterSid', parameters.sid('AfterSid', prefix)];
  if (text === undefined) return undefined;
  const [sid, date = ''] = text.split('/');
  const row = rows.find((each) => each.sid === sid);
  if (!row) throw InvalidParameter.unknown(name, text);
  if (!order) return positionOf(row, order);
  if (Number.isNaN(Date.parse(date))) throw InvalidParameter.badSid(name, text);
  return { date: Date.parse(date), sequence: row.sequence };
}

const positionOf = <Row extends Listed>(row: Row, order: DateOrder<Row> | undefined): Position => ({
  date: order?.date(row) ?? 0,
  sequence: row.sequence,
});

/** Negative if `left` comes first. */
function compare(left: Position, right: Position, order: { readonly sign: 1 | -1 } | undefined): number {
  return (order?.sign ?? 1) * (left.date - right.date) || left.sequence - right.sequence;
}

function counts(total: number, start: number, pageSize: number): object {
  const page = Math.ceil(start / pageSize);
  const lastPage = Math.max(0, Math.ceil(total / pageSize) - 1);
  return {
    total,
    page,
    start,
    end: Math.min(start + pageSize, total),
    nextPage: page < lastPage ? page + 1 : null,
    lastPage,
  };
}

function links<Row extends Listed>(
  page: readonly Row[],
  { isFirst, isLast, order }: { isFirst: boolean; isLast: boolean; order: DateOrder<Row> | undefined },
): object {
  const last = isLast ? undefined : page.at(-1);
  return {
    after_sid: last?.sid ?? null,
    before_sid: isFirst ? null : (page[0]?.sid ?? null),
    meta: {
      list_key: 'contents',
      ...(last && order && { next_token: `${last.sid}/${new Date(order.date(last)).toISOString()}` }),
    },
  };
}
