import { Readable } from 'node:stream';
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
  if (items.length <= itemsAtOnce) return `[${items.map((item) => jsonText(format(item))).join()}]`;
  return `[${(await jsonTexts(items, format, slices)).join()}]`;
}

async function jsonTexts<Item>(
  items: readonly Item[],
  format: (item: Item) => Json,
  slices: Slices,
): Promise<string[]> {
  const texts: string[] = [];
  await slices.each(items, (item) => void texts.push(jsonText(format(item))), 1);
  return texts;
}

/** Our choice: a response of many megabytes would take 20 ms or more to be put together. */
const itemsPerPart = 50;

/**
 * Responds with an object that has one property, a list, in parts. One item can take a millisecond: an inspector's has
 * long texts to mask.
 */
export async function sendList<Item>(
  reply: FastifyReply,
  name: string,
  items: readonly Item[],
  format: (item: Item) => Json,
  slices: Slices,
): Promise<FastifyReply> {
  return reply.type(jsonType).send(Readable.from(listParts(name, items, format, slices)));
}

async function* listParts<Item>(
  name: string,
  items: readonly Item[],
  format: (item: Item) => Json,
  slices: Slices,
): AsyncGenerator<string, void> {
  yield `{"${name}":[`;
  for (let at = 0; at < items.length; at += itemsPerPart) {
    const texts = await jsonTexts(items.slice(at, at + itemsPerPart), format, slices);
    yield (at > 0 ? ',' : '') + texts.join();
  }
  yield ']}';
}
