import type { Entity } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';

/**
 * An entity as JSON. Attributes are stored as text alone and parsed when they are read, so that their text is kept,
 * including numbers that JSON.stringify cannot reproduce (`-0`, `1e400`).
 */
export function entityToText(entity: Entity): string {
  return JSON.stringify('attributes' in entity ? { ...entity, attributes: entity.attributes.text } : entity);
}

/** @throws SyntaxError if the text is not JSON */
export function entityFromText(text: string): Entity {
  const stored = JSON.parse(text);
  if (typeof stored?.attributes !== 'string') return stored;
  return { ...stored, attributes: { text: stored.attributes, value: JSON.parse(stored.attributes) } };
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
