/**
 * String identifiers: two letters that name the kind of thing, then 32 hexadecimal digits.
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
  event: 'EV',
  operatingUnit: 'OU',
  call: 'CA',
} as const;

export type SidPrefix = (typeof sidPrefix)[keyof typeof sidPrefix];

/**
 * Makes a new sid of the given prefix. The only source of chance the engine has; tests pass a counting one. What has a
 * name of its own in its workspace gives that too, so that a source may give the same thing the same sid again.
 */
export type SidSource = (prefix: SidPrefix, name?: string) => string;

/** True when `value` has the shape of a sid with this prefix; says nothing about whether it exists. */
export function isSid(prefix: string, value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(prefix) && /^[A-Z]{2}[0-9a-f]{32}$/i.test(value);
}
