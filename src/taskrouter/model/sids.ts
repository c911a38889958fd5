/**
 * String identifiers: two letters for the kind of resource, then 32 hexadecimal digits.
 * Source: the `pattern` of every sid in Twilio's OpenAPI description of TaskRouter v1.
 */
export const sidPrefix = {
  account: 'AC',
  workspace: 'WS',
  activity: 'WA',
  taskChannel: 'TC',
  taskQueue: 'WQ',
  workflow: 'WW',
  worker: 'WK',
  workerChannel: 'WC',
  task: 'WT',
  reservation: 'WR',
  transfer: 'TT',
  event: 'EV',
  operatingUnit: 'OU',
  apiKey: 'SK',
  call: 'CA',
  conference: 'CF',
  queue: 'QU',
} as const;

export type SidPrefix = (typeof sidPrefix)[keyof typeof sidPrefix];

/**
 * Returns a new sid with the prefix. The engine's only source of randomness; tests pass one that counts. A resource
 * with a unique name passes it too, so that a source can give the same resource the same sid again.
 */
export type SidSource = (prefix: SidPrefix, name?: string) => string;

/** Whether `value` has the form of a sid with this prefix; the resource itself may not exist. */
export function isSid(prefix: string, value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(prefix) && /^[A-Z]{2}[0-9a-f]{32}$/i.test(value);
}
