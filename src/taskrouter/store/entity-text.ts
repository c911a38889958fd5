import type { Entity } from '../model/entities';

/**
 * An entity as JSON. Attributes are stored as their text alone and parsed again on the way back: what a client sent
 * survives to the letter, numbers that JSON.stringify cannot repeat (`-0`, `1e400`) included.
 */
export function entityToText(entity: Entity): string {
  return JSON.stringify('attributes' in entity ? { ...entity, attributes: entity.attributes.text } : entity);
}

/** @throws SyntaxError when the text is not JSON. */
export function entityFromText(text: string): Entity {
  const stored = JSON.parse(text);
  if (typeof stored.attributes !== 'string') return stored;
  return { ...stored, attributes: { text: stored.attributes, value: JSON.parse(stored.attributes) } };
}
