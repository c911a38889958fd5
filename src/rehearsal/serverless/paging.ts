import { invalid } from './errors';
import type { Parameters } from './parameters';
import { ok, type ServerlessRequest, type ServerlessResponse } from './request';

const defaultSize = 50;
/** https://www.twilio.com/docs/usage/twilios-response#pagination */
const maxSize = 100;

/** One page of a list, in order of creation; a token is the sid that the page begins after. */
export function page<Row extends { readonly sid: string }>(
  { parameters, url }: ServerlessRequest,
  key: string,
  rows: readonly Row[],
  format: (row: Row) => object,
): ServerlessResponse {
  const size = Math.min(wholeNumber(parameters, 'PageSize') ?? defaultSize, maxSize);
  const number = wholeNumber(parameters, 'Page') ?? 0;
  const start = startOf(rows, parameters.text('PageToken'));
  const shown = rows.slice(start, start + size);
  const last = shown.at(-1);
  const link = (index: number, after?: string) =>
    `${url}?PageSize=${size}&Page=${index}${after ? `&PageToken=PA${after}` : ''}`;
  const previous = rows[start - size - 1];
  const meta = {
    page: number,
    page_size: size,
    first_page_url: link(0),
    previous_page_url: start > 0 ? link(Math.max(0, number - 1), previous?.sid) : null,
    url: link(number, rows[start - 1]?.sid),
    next_page_url: last && start + size < rows.length ? link(number + 1, last.sid) : null,
    key,
  };
  return ok({ meta, [key]: shown.map(format) });
}

function startOf(rows: readonly { readonly sid: string }[], token: string | undefined): number {
  if (token === undefined) return 0;
  const index = rows.findIndex(({ sid }) => `PA${sid}` === token);
  if (index === -1) throw invalid('PageToken names what is gone: start again from the first page');
  return index + 1;
}

function wholeNumber(parameters: Parameters, name: string): number | undefined {
  const text = parameters.text(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || (name === 'PageSize' && Number(text) === 0))
    throw invalid(`${name} must be a whole number`);
  return Number(text);
}
