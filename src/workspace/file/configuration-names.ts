import {
  type NameLookup,
  referencesIn,
  type SidLookup,
  type TextReference,
  textWithNames,
  textWithReferences,
  textWithSids,
} from './text-references';

type Path = readonly PropertyKey[];

/** A workflow's configuration holds queues under the key `queue`: by sid in TaskRouter, by name in the file. */
interface Visitor {
  queue(reference: string, path: Path): string;
  text(source: string, path: Path): string;
}

/** The same document with its queues and other texts replaced by what the visitor returns. */
function visit<Value>(value: Value, visitor: Visitor, path: Path = []): Value {
  if (typeof value === 'string') {
    return (path.at(-1) === 'queue' ? visitor.queue(value, path) : visitor.text(value, path)) as Value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => visit(item, visitor, [...path, index])) as Value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, visit(item, visitor, [...path, key])]);
  return Object.fromEntries(entries) as Value;
}

export interface ConfigurationReference extends TextReference {
  readonly path: Path;
}

/** Every name that the document refers to, with its place. */
export function referencesOf(configuration: object): ConfigurationReference[] {
  const found: ConfigurationReference[] = [];
  visit(configuration, {
    queue(name, path) {
      found.push({ kind: 'taskQueue', name, isClosed: true, path });
      return name;
    },
    text(source, path) {
      found.push(...referencesIn(source).map((reference) => ({ ...reference, path })));
      return source;
    },
  });
  return found;
}

/** The document in TaskRouter's form. */
export function withSids<Configuration extends object>(
  configuration: Configuration,
  sids: SidLookup,
): Configuration {
  return visit(configuration, {
    queue: (name) => sids.sidOf('taskQueue', name),
    text: (source) => textWithSids(source, sids),
  });
}

/** TaskRouter's document in the file's form. Sids of deleted resources stay as they are. */
export function withNames<Configuration extends object>(
  configuration: Configuration,
  names: NameLookup,
): Configuration {
  return visit(configuration, {
    queue: (sid) => names.nameOf('taskQueue', sid) ?? sid,
    text: (source) => textWithNames(source, names),
  });
}

/** A document from the file, with names in place of any sids. */
export function withReferences<Configuration extends object>(
  configuration: Configuration,
  names: NameLookup,
): Configuration {
  return visit(configuration, {
    queue: (name) => name,
    text: (source) => textWithReferences(source, names),
  });
}

/** A document from the file with other text in place of the sids in its expressions; its queues keep their names. */
export function withTextSids<Configuration extends object>(
  configuration: Configuration,
  sids: SidLookup,
): Configuration {
  return visit(configuration, {
    queue: (name) => name,
    text: (source) => textWithSids(source, sids),
  });
}
