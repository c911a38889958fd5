import { passesAll, type Test } from '../http/filters';
import type { Json } from '../http/json';
import { InvalidParameter } from '../model/errors';
import type { ApiRequest } from './api-request';
import { type ApiResponse, ok } from './api-response';
import type { Window } from './page-scan';
import { type PageRequest, pageLinks, readAnyPageRequest } from './paging';

/** A list of the API of 2010: few rows, all of them in memory. */
interface AccountList<Row> {
  /** The name of the array in the response. */
  readonly key: string;
  readonly rows: readonly Row[];
  /** What a row must pass to be in the list; those without a value do not count. */
  readonly tests?: readonly (Test<Row> | undefined)[];
  /** The parameters that every URI repeats. */
  readonly filters: readonly string[];
  readonly format: (row: Row) => Json;
}

/**
 * The requested page, with the paths of those around it.
 * Source: https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information
 */
export function accountPage<Row extends { readonly sid: string }>(
  request: ApiRequest,
  list: AccountList<Row>,
): ApiResponse {
  const pageRequest = readAnyPageRequest(request);
  const window = windowOf(pageRequest, list);
  const { page, pageSize } = pageRequest;
  const links = pageLinks(request, pageRequest, list.filters, window);
  const start = page * pageSize;
  return ok({
    page,
    page_size: pageSize,
    start,
    end: start + Math.max(window.rows.length - 1, 0),
    uri: links.own,
    first_page_uri: links.first,
    previous_page_uri: links.previous,
    next_page_uri: links.next,
    [list.key]: window.rows.map(list.format),
  });
}

/** A row before or after which the page is need not pass the tests any more. @throws InvalidParameter if it is gone */
function windowOf<Row extends { readonly sid: string }>(
  { page, pageSize, cursor }: PageRequest,
  { rows, tests = [] }: AccountList<Row>,
): Window<Row> {
  const passes = passesAll(tests);
  if (!cursor) return firstOf(rows.filter(passes).slice(page * pageSize), pageSize);
  const edge = rows.findIndex(({ sid }) => sid === cursor.sid);
  if (edge < 0) throw new InvalidParameter(`PageToken names ${cursor.sid}, which no longer exists`);
  if (cursor.direction === 'after') return firstOf(rows.slice(edge + 1).filter(passes), pageSize);
  const before = rows.slice(0, edge).filter(passes);
  return { rows: before.slice(-pageSize), more: before.length > pageSize };
}

const firstOf = <Row>(rows: readonly Row[], pageSize: number): Window<Row> => ({
  rows: rows.slice(0, pageSize),
  more: rows.length > pageSize,
});
