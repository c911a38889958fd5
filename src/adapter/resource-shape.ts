import { isObject } from '../steps/attributes';

/** The fields that no step can do without, by the prefix of a resource's sid. */
const neededFields: Readonly<Record<string, readonly string[]>> = {
  WT: ['assignment_status', 'attributes'],
  WR: ['reservation_status', 'worker_sid', 'worker_name'],
  WK: ['friendly_name', 'activity_sid', 'activity_name', 'available'],
  WA: ['friendly_name', 'available'],
  WQ: ['friendly_name'],
  WW: ['configuration'],
  EV: ['event_type', 'event_date_ms'],
};

/**
 * Whether the body of a successful response has the fields that the steps read. The client does not check: what is missing
 * is `undefined` in its instances.
 */
export function isResource(entry: unknown): boolean {
  if (!isObject(entry) || typeof entry.sid !== 'string') return false;
  const needed = neededFields[entry.sid.slice(0, 2)] ?? [];
  return needed.every((name) => entry[name] !== undefined && entry[name] !== null);
}

/** The same for a page of a list. */
export function isPage(body: unknown): boolean {
  if (!isObject(body) || !isObject(body.meta)) return false;
  const entries = body[String(body.meta.key)];
  return Array.isArray(entries) && entries.every(isResource);
}
