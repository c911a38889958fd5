/**
 * TaskRouter's expressions know activities, workers and queues by sid; the file, which serves many workspaces, by
 * friendly name: `workers.${activity:Busy} > 0`, `worker.sid == "${worker:Alice}"` (our choice of form). In a name,
 * `}` is written `\}` and `\` is written `\\`. Where the text itself shall have `${activity:`, it has one `$` more.
 */
export type ReferenceKind = 'activity' | 'worker' | 'taskQueue';

const beginning = /\$+(?=\{(?:activity|worker|taskQueue):)/g;
/** More than one `$`, of which the first is the escape; or a reference. */
const escapeOrReference =
  /\$(\$+)(?=\{(?:activity|worker|taskQueue):)|\$\{(activity|worker|taskQueue):((?:[^\\}]|\\[\s\S])*)(\}?)/g;
/** Not one after a `$`, which would make an escape of the reference. */
const sid = /(?<!\$)\b(WA|WK|WQ)[0-9a-f]{32}\b/g;
const kindOf: Readonly<Record<string, ReferenceKind>> = { WA: 'activity', WK: 'worker', WQ: 'taskQueue' };

export interface TextReference {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** Whether it ends where the name does; it is a slip otherwise. */
  readonly isClosed: boolean;
}

export interface SidLookup {
  sidOf(kind: ReferenceKind, name: string): string;
}

export interface NameLookup {
  nameOf(kind: ReferenceKind, sid: string): string | undefined;
}

/** What a text of the file refers to. */
export function referencesIn(text: string): TextReference[] {
  const found = [...text.matchAll(escapeOrReference)].filter(([, dollars]) => dollars === undefined);
  return found.map(([, , kind, name = '', end]) => ({
    kind: kind as ReferenceKind,
    name: unescaped(name),
    isClosed: end === '}',
  }));
}

/** The text as TaskRouter wants it. */
export function textWithSids(text: string, sids: SidLookup): string {
  return text.replace(
    escapeOrReference,
    (_, dollars: string | undefined, kind: ReferenceKind, name: string) =>
      dollars ?? sids.sidOf(kind, unescaped(name)),
  );
}

/** TaskRouter's text as the file has it; sids of what is gone stay as they are. */
export function textWithNames(text: string, names: NameLookup): string {
  return textWithReferences(
    text.replace(beginning, (dollars) => `$${dollars}`),
    names,
  );
}

/** A text of the file in which somebody left sids, with names in their place. */
export function textWithReferences(text: string, names: NameLookup): string {
  return text.replace(sid, (found, prefix: string) => {
    const kind = kindOf[prefix] as ReferenceKind;
    const name = names.nameOf(kind, found);
    return name === undefined ? found : `\${${kind}:${escaped(name)}}`;
  });
}

const escaped = (name: string) => name.replace(/[\\}]/g, (character) => `\\${character}`);
const unescaped = (name: string) => name.replace(/\\([\s\S])/g, '$1');
