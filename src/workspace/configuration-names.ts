/**
 * A workflow's configuration names queues and activities by sid; the file, which serves many workspaces, by friendly
 * name. A queue's name stands where its sid would; an activity's in expressions, which count its workers
 * (`workers.WA… > 0`), as `workers.${activity:Busy} > 0` (our choice of form).
 */
const activityReference = /\$\{activity:([^}]*)\}/g;
const activitySid = /\bWA[0-9a-f]{32}\b/gi;

type Path = readonly PropertyKey[];

interface Visitor {
  queue(reference: string, path: Path): string;
  expression(source: string, path: Path): string;
}

/** The same document with the visitor's answers in place of its queues and expressions. */
function visit<Value>(value: Value, visitor: Visitor, path: Path = []): Value {
  if (Array.isArray(value)) {
    return value.map((item, index) => visit(item, visitor, [...path, index])) as Value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, visitField(key, item, visitor, path)]);
  return Object.fromEntries(entries) as Value;
}

function visitField(key: string, item: unknown, visitor: Visitor, path: Path): unknown {
  const here = [...path, key];
  if (typeof item !== 'string') return visit(item, visitor, here);
  if (key === 'queue') return visitor.queue(item, here);
  return key === 'expression' || key === 'skip_if' ? visitor.expression(item, here) : item;
}

export interface ConfigurationReference {
  readonly kind: 'taskQueue' | 'activity';
  readonly name: string;
  readonly path: Path;
}

/** Every name that the document takes for granted, with its place. */
export function referencesOf(configuration: object): ConfigurationReference[] {
  const found: ConfigurationReference[] = [];
  visit(configuration, {
    queue(name, path) {
      found.push({ kind: 'taskQueue', name, path });
      return name;
    },
    expression(source, path) {
      for (const [, name = ''] of source.matchAll(activityReference)) {
        found.push({ kind: 'activity', name, path });
      }
      return source;
    },
  });
  return found;
}

export interface SidLookup {
  sidOf(kind: 'taskQueue' | 'activity', name: string): string;
}

/** The document as TaskRouter wants it. */
export function withSids<Configuration extends object>(
  configuration: Configuration,
  sids: SidLookup,
): Configuration {
  return visit(configuration, {
    queue: (name) => sids.sidOf('taskQueue', name),
    expression: (source) =>
      source.replace(activityReference, (_, name: string) => sids.sidOf('activity', name)),
  });
}

export interface NameLookup {
  nameOf(kind: 'taskQueue' | 'activity', sid: string): string | undefined;
}

/** The document as the file has it; sids of what is gone stay as they are. */
export function withNames<Configuration extends object>(
  configuration: Configuration,
  names: NameLookup,
): Configuration {
  return visit(configuration, {
    queue: (sid) => names.nameOf('taskQueue', sid) ?? sid,
    expression: (source) =>
      source.replace(activitySid, (sid) => {
        const name = names.nameOf('activity', sid);
        return name === undefined ? sid : `\${activity:${name}}`;
      }),
  });
}
