import { limits } from '../../common/limits';
import type { Test } from '../http/filters';
import { type Json, jsonArray } from '../http/json';
import { AbsolutePagingNotSupported } from '../http/request-errors';
import type { Tables } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import type { ApiRequest } from './api-request';
import type { ApiResponse } from './api-response';
import type { RowPosition } from './cursors';
import { byCreation, type Order } from './order';
import { finishScan, PageScan, type Window } from './page-scan';

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

const { default: defaultPageSize, max: maxPageSize } = limits.listPage;

/**
 * Our choice: absolute paging is rejected on every list, as documented for workers, and a PageSize above the maximum is
 * reduced to it.
 * @throws InvalidParameter, AbsolutePagingNotSupported
 */
export function readPageRequest(request: ApiRequest): PageRequest {
  const pageRequest = readAnyPageRequest(request);
  if (pageRequest.page > 0 && !pageRequest.cursor) throw new AbsolutePagingNotSupported();
  return pageRequest;
}

/** The same, with pages that are found by their number. @throws InvalidParameter */
export function readAnyPageRequest({ parameters }: ApiRequest): PageRequest {
  const pageSize = parameters.integer('PageSize') ?? defaultPageSize;
  const page = parameters.integer('Page') ?? 0;
  const token = parameters.text('PageToken');
  if (pageSize < 1) throw InvalidParameter.outOfRange('PageSize', pageSize, `1 to ${maxPageSize}`);
  if (page < 0) throw InvalidParameter.outOfRange('Page', page, '0 or more');
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

/** Rows of one table, and those of them that a list has. */
interface RowSelection<Name extends keyof Tables> {
  readonly table: Name;
  /** In order of creation. */
  readonly rows: Iterable<Tables[Name]>;
  /** What a row must pass to be in the list; those without a value do not count. */
  readonly tests?: readonly (Test<Tables[Name]> | undefined)[];
  readonly order?: Order<Tables[Name]>;
}

/** How a list is shown. */
interface ListFormat<Row> {
  /** The name of the array in the response. */
  readonly key: string;
  /** The parameters that every URL repeats. */
  readonly filters: readonly string[];
  readonly format: (row: Row) => Json;
}

/** The response with the requested page. */
export async function listRows<Name extends keyof Tables>(
  request: ApiRequest,
  list: RowSelection<Name> & ListFormat<Tables[Name]>,
): Promise<ApiResponse> {
  const { pageRequest, scan, windowOf } = beginPage(request, list);
  await finishScan(scan, request.slices);
  return pageOf(request, pageRequest, list, windowOf(scan));
}

/** The requested page of a list in a table that is never large. */
export function readPage<Name extends keyof Tables>(request: ApiRequest, list: RowSelection<Name>) {
  const { pageRequest, scan, windowOf } = beginPage(request, list);
  for (const _ of scan.steps());
  return { pageRequest, window: windowOf(scan) };
}

function beginPage<Name extends keyof Tables>(
  request: ApiRequest,
  { table, rows, tests = [], order = byCreation }: RowSelection<Name>,
) {
  const pageRequest = readPageRequest(request);
  const { cursor, pageSize: size } = pageRequest;
  const edge = cursor && positionOf(request, table, order, cursor.sid);
  const direction = cursor?.direction ?? 'after';
  const scan = new PageScan<Tables[Name]>(rows, tests, { order, edge, direction, size });
  return {
    pageRequest,
    scan,
    /** Remembers where the page begins and ends. */
    windowOf(finished: typeof scan): Window<Tables[Name]> {
      const window = finished.window();
      for (const row of [window.rows.at(0), window.rows.at(-1)])
        if (row) request.cursors.remember(order.name, row.sid, order.position(row));
      return window;
    },
  };
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

/** The body of a list: `meta`, with the filters repeated in every URL, and the array. */
export async function pageOf<Row extends { readonly sid: string }>(
  request: ApiRequest,
  pageRequest: PageRequest,
  list: ListFormat<Row>,
  window: Window<Row>,
): Promise<ApiResponse> {
  const { page, pageSize } = pageRequest;
  const links = pageLinks(request, pageRequest, list.filters, window);
  const url = (path: string | null) => path && `${request.origin}${path}`;
  const meta = {
    page,
    page_size: pageSize,
    first_page_url: url(links.first),
    previous_page_url: url(links.previous),
    url: url(links.own),
    next_page_url: url(links.next),
    key: list.key,
  };
  const array = await jsonArray(window.rows, list.format, request.slices);
  return {
    status: 200,
    body: `{"meta":${JSON.stringify(meta)},"${list.key}":${array}}`,
    // Our choice: a thousand entries of the log must not hold a thousand pages.
    logged: { rows: list.key, count: window.rows.length },
  };
}

/** The paths of a page and of those around it, with their queries. */
export function pageLinks(
  request: ApiRequest,
  { page, pageSize, cursor }: PageRequest,
  filters: readonly string[],
  { rows, more }: Window<{ readonly sid: string }>,
) {
  const path = (number: number, token = '') =>
    `${request.path}?${repeated(request, filters)}PageSize=${pageSize}&Page=${number}${token && `&PageToken=${token}`}`;
  const backwards = cursor?.direction === 'before';
  const first = (backwards ? more : page > 0) ? rows.at(0) : undefined;
  const last = backwards || more ? rows.at(-1) : undefined;
  const token = cursor ? `${backwards ? 'PB' : 'PA'}${cursor.sid}` : '';
  return {
    first: path(0),
    previous: first ? path(Math.max(0, page - 1), `PB${first.sid}`) : null,
    own: path(page, token),
    next: last ? path(page + 1, `PA${last.sid}`) : null,
  };
}

/** Filters before PageSize and Page, encoded as in Twilio's OpenAPI examples. */
function repeated({ parameters }: ApiRequest, filters: readonly string[]): string {
  let query = '';
  for (const name of filters) {
    for (const value of parameters.all(name))
      query += `${encodeURIComponent(name)}=${encodeURIComponent(value)}&`;
  }
  return query;
}
