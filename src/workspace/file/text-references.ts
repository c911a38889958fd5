/**
 * TaskRouter's expressions refer to activities, workers and queues by sid. The file, which serves many workspaces, uses
 * friendly names: `workers.${activity:Busy} > 0`, `worker.sid == "${worker:Alice}"` (our choice of form). In a name,
 * write `\}` for `}` and `\\` for `\`. To keep a literal `${activity:`, write one more `$` before it.
 */
export type ReferenceKind = 'activity' | 'worker' | 'taskQueue';

const beginning = /\$+(?=\{(?:activity|worker|taskQueue):)/g;
/** Several `$`, of which the first is the escape; or a reference. */
const escapeOrReference =
  /\$(\$+)(?=\{(?:activity|worker|taskQueue):)|\$\{(activity|worker|taskQueue):((?:[^\\}]|\\[\s\S])*)(\}?)/g;
/** Not after a `$`, which would turn the reference into an escape. */
const sid = /(?<!\$)\b(WA|WK|WQ)[0-9a-f]{32}\b/g;
const kindOf: Readonly<Record<string, ReferenceKind>> = { WA: 'activity', WK: 'worker', WQ: 'taskQueue' };

export interface TextReference {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** False when the closing brace is missing. */
  readonly isClosed: boolean;
}

export interface SidLookup {
  sidOf(kind: ReferenceKind, name: string): string;
}

export interface NameLookup {
  nameOf(kind: ReferenceKind, sid: string): string | undefined;
}

/** The references in a text from the file. */
export function referencesIn(text: string): TextReference[] {
  const found = [...text.matchAll(escapeOrReference)].filter(([, dollars]) => dollars === undefined);
  return found.map(([, , kind, name = '', end]) => ({
    kind: kind as ReferenceKind,
    name: unescaped(name),
    isClosed: end === '}',
  }));
}

/** The text in TaskRouter's form. */
export function textWithSids(text: string, sids: SidLookup): string {
  return text.replace(
    escapeOrReference,
    (_, dollars: string | undefined, kind: ReferenceKind, name: string) =>
      dollars ?? sids.sidOf(kind, unescaped(name)),
  );
}

/** TaskRouter's text in the file's form. Sids of deleted resources stay as they are. */
export function textWithNames(text: string, names: NameLookup): string {
  return textWithReferences(
    text.replace(beginning, (dollars) => `$${dollars}`),
    names,
  );
}

/** A text from the file, with names in place of any sids. */
export function textWithReferences(text: string, names: NameLookup): string {
  return text.replace(sid, (found, prefix: string) => {
    const kind = kindOf[prefix] as ReferenceKind;
    const name = names.nameOf(kind, found);
    return name === undefined ? found : `\${${kind}:${escaped(name)}}`;
  });
}

const escaped = (name: string) => name.replace(/[\\}]/g, (character) => `\\${character}`);
const unescaped = (name: string) => name.replace(/\\([\s\S])/g, '$1');
