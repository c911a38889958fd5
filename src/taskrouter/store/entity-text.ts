import type { Entity } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';

/**
 * An entity as it is stored, and as JSON. Attributes are stored as text alone and parsed when they are read, so that their text is kept,
 * including numbers that JSON.stringify cannot reproduce (`-0`, `1e400`).
 */
export const storedForm = (entity: Entity): object =>
  'attributes' in entity ? { ...entity, attributes: entity.attributes.text } : entity;

export const entityToText = (entity: Entity): string => JSON.stringify(storedForm(entity));

/** @throws SyntaxError if the text is not JSON */
export const entityFromText = (text: string): Entity => entityFromStoredForm(JSON.parse(text));

/**
 * Turns what was stored into the entity, in place: a copy made by a spread would have a hidden class of its own, and take
 * longer to read.
 * @param stored parsed JSON that nothing else refers to
 * @throws SyntaxError if the attributes are not JSON
 */
export function entityFromStoredForm(stored: unknown): Entity {
  const entity = (stored ?? {}) as { attributes?: unknown };
  const { attributes } = entity;
  if (typeof attributes !== 'string') return stored as Entity;
  entity.attributes = { text: attributes, value: JSON.parse(attributes) };
  return stored as Entity;
}

/**
 * An event as JSON, without what its row has in columns: three events of a task fit on a page of the database then, and
 * not two.
 */
export function eventBody(event: TaskRouterEvent): string {
  return JSON.stringify({
    ...event,
    sid: undefined,
    sequence: undefined,
    workspaceSid: undefined,
    type: undefined,
    date: undefined,
  });
}
