import type { Entity } from '../model/entities';

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
