export type Json = Readonly<Record<string, unknown>>;

/** An empty object for what is no object. */
export const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const partOf = (value: unknown, name: string): Json => objectOf(objectOf(value)[name]);

/** An empty list for what is no list. */
export const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : []);

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
