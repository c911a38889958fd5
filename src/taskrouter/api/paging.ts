import { limits } from '../../common/limits';
import { AbsolutePagingNotSupported } from '../http/request-errors';
import type { Tables } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import type { ApiRequest } from './api-request';
import { type ApiResponse, type Json, jsonText } from './api-response';
import type { RowPosition } from './cursors';
import { byCreation, comparePositions, type Order } from './order';

/**
 * The page of a list. `PageToken` is the cursor: `PA` and the sid after which the page starts, or `PB` and the sid before
 * which it ends (the form in real responses). `Page` is only a counter of the client.
 * Source: https://www.twilio.com/docs/usage/twilios-response
 */
export interface PageRequest {
  readonly page: number;
  readonly pageSize: number;
  readonly cursor: { readonly direction: 'after' | 'before'; readonly sid: string } | null;
}

/** The rows of a page, in order; `more` says whether the list continues in the direction of paging. */
export interface Window<Row> {
  readonly rows: readonly Row[];
  readonly more: boolean;
}

const { default: defaultPageSize, max: maxPageSize } = limits.listPage;

/**
 * Our choice: absolute paging is rejected on every list, as documented for workers, and a PageSize above the maximum is
 * reduced to it.
 * @throws InvalidParameter, AbsolutePagingNotSupported
 */
export function readPageRequest({ parameters }: ApiRequest): PageRequest {
  const pageSize = parameters.integer('PageSize') ?? defaultPageSize;
  const page = parameters.integer('Page') ?? 0;
  const token = parameters.text('PageToken');
  if (pageSize < 1) throw InvalidParameter.outOfRange('PageSize', pageSize, `1 to ${maxPageSize}`);
  if (page < 0) throw InvalidParameter.outOfRange('Page', page, '0 or more');
  if (page > 0 && token === undefined) throw new AbsolutePagingNotSupported();
  return {
    page,
    pageSize: Math.min(pageSize, maxPageSize),
    cursor: token === undefined ? null : readToken(token),
  };
}

function readToken(token: string): PageRequest['cursor'] {
  const [, direction, sid] = /^P([AB])([A-Z]{2}[0-9a-f]{32})$/i.exec(token) ?? [];
  if (sid === undefined) throw InvalidParameter.badSid('PageToken', token);
  return { direction: direction?.toUpperCase() === 'A' ? 'after' : 'before', sid };
}

/** A list over rows of one table. */
interface RowList<Name extends keyof Tables> {
  readonly table: Name;
  /** The name of the array in the response. */
  readonly key: string;
  /** In order of creation. */
  readonly rows: Iterable<Tables[Name]>;
  readonly filters: readonly string[];
  readonly order?: Order<Tables[Name]>;
  readonly format: (row: Tables[Name]) => Json;
}

/** The response with the requested page. */
export function listRows<Name extends keyof Tables>(request: ApiRequest, list: RowList<Name>): ApiResponse {
  const { pageRequest, window } = readPage(request, list);
  return pageOf(request, pageRequest, list, window);
}

/** The requested page of a list. */
export function readPage<Name extends keyof Tables>(
  request: ApiRequest,
  list: Pick<RowList<Name>, 'table' | 'rows' | 'order'>,
): { readonly pageRequest: PageRequest; readonly window: Window<Tables[Name]> } {
  const pageRequest = readPageRequest(request);
  const order: Order<Tables[Name]> = list.order ?? byCreation;
  const edge = pageRequest.cursor && positionOf(request, list.table, order, pageRequest.cursor.sid);
  const rows = order.sorts ? sorted(list.rows, order) : list.rows;
  const window =
    pageRequest.cursor?.direction === 'before'
      ? windowBefore(rows, order, edge, pageRequest.pageSize)
      : windowAfter(rows, order, edge, pageRequest.pageSize);
  for (const row of [window.rows.at(0), window.rows.at(-1)]) {
    if (row) request.cursors.remember(order.name, row.sid, order.position(row));
  }
  return { pageRequest, window };
}

function positionOf<Name extends keyof Tables>(
  request: ApiRequest,
  table: Name,
  order: Order<Tables[Name]>,
  sid: string,
): RowPosition {
  const remembered = request.cursors.recall(order.name, sid);
  if (remembered) return remembered;
  const row = request.context.view.find(table, sid);
  if (!row)
    throw new InvalidParameter(
      `PageToken names ${sid}, which no longer exists: start again from the first page`,
    );
  return order.position(row);
}

function sorted<Row>(rows: Iterable<Row>, order: Order<Row>): readonly Row[] {
  const placed = Array.from(rows, (row) => ({ row, position: order.position(row) }));
  placed.sort((left, right) => comparePositions(left.position, right.position));
  return placed.map(({ row }) => row);
}

/** Reads at most to the first row of the next page. */
function windowAfter<Row>(
  rows: Iterable<Row>,
  order: Order<Row>,
  edge: RowPosition | null,
  size: number,
): Window<Row> {
  const page: Row[] = [];
  for (const row of rows) {
    if (edge && comparePositions(order.position(row), edge) <= 0) continue;
    if (page.length === size) return { rows: page, more: true };
    page.push(row);
  }
  return { rows: page, more: false };
}

function windowBefore<Row>(
  rows: Iterable<Row>,
  order: Order<Row>,
  edge: RowPosition | null,
  size: number,
): Window<Row> {
  let page: Row[] = [];
  let more = false;
  for (const row of rows) {
    if (edge && comparePositions(order.position(row), edge) >= 0) break;
    page.push(row);
    // Truncates rarely instead of shifting at every row.
    if (page.length <= 2 * size) continue;
    page = page.slice(-size);
    more = true;
  }
  return { rows: page.slice(-size), more: more || page.length > size };
}

/** The body of a list: `meta`, with the filters repeated in every URL, and the array. */
export function pageOf<Row extends { readonly sid: string }>(
  request: ApiRequest,
  pageRequest: PageRequest,
  list: { readonly key: string; readonly filters: readonly string[]; readonly format: (row: Row) => Json },
  { rows, more }: Window<Row>,
): ApiResponse {
  const { page, pageSize, cursor } = pageRequest;
  const url = (number: number, token = '') =>
    `${request.context.root}${request.path.replace(/^\/v1/, '')}?${repeated(request, list.filters)}PageSize=${pageSize}&Page=${number}${token && `&PageToken=${token}`}`;
  const backwards = cursor?.direction === 'before';
  const first = (backwards ? more : page > 0) ? rows.at(0) : undefined;
  const last = backwards || more ? rows.at(-1) : undefined;
  const token = cursor ? `${backwards ? 'PB' : 'PA'}${cursor.sid}` : '';
  const meta = {
    page,
    page_size: pageSize,
    first_page_url: url(0),
    previous_page_url: first ? url(Math.max(0, page - 1), `PB${first.sid}`) : null,
    url: url(page, token),
    next_page_url: last ? url(page + 1, `PA${last.sid}`) : null,
    key: list.key,
  };
  const texts = rows.map((row) => jsonText(list.format(row)));
  return {
    status: 200,
    body: `{"meta":${JSON.stringify(meta)},"${list.key}":[${texts.join()}]}`,
    // Our choice: a thousand entries of the log must not hold a thousand pages.
    logged: { rows: list.key, count: rows.length },
  };
}

/** Filters before PageSize and Page, encoded as in Twilio's OpenAPI examples. */
function repeated({ parameters }: ApiRequest, filters: readonly string[]): string {
  let query = '';
  for (const name of filters) {
    for (const value of parameters.all(name)) query += `${name}=${encodeURIComponent(value)}&`;
  }
  return query;
}
