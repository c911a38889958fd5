import type { FastifyReply } from 'fastify';
import type { Slices } from '../../common/slices';

export const jsonType = 'application/json; charset=utf-8';

/** An object, or the JSON text of one. */
export type Json = object | string;

export function jsonText(json: Json): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}

/** Our choice: the items of a usual page, which take less than a slice. */
const itemsAtOnce = 100;

/** The JSON array of the formatted items, made in slices if they are many: a thousand can take 100 ms. */
export async function jsonArray<Item>(
  items: readonly Item[],
  format: (item: Item) => Json,
  slices: Slices,
): Promise<string> {
  const texts: string[] = [];
  const add = (item: Item) => void texts.push(jsonText(format(item)));
  if (items.length <= itemsAtOnce) items.forEach(add);
  else await slices.each(items, add);
  return `[${texts.join()}]`;
}

/** Responds with an object that has one property, a list. */
export async function sendList<Item>(
  reply: FastifyReply,
  name: string,
  items: readonly Item[],
  format: (item: Item) => Json,
  slices: Slices,
): Promise<FastifyReply> {
  return reply.type(jsonType).send(`{"${name}":${await jsonArray(items, format, slices)}}`);
}
