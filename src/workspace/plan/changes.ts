import type { FieldsOf, Kind } from '../existing/existing';
import type { ListedKind } from '../file/lists';
import { findNamed, type Named, nameOf } from '../file/names';
import { type Differences, differences, given, type Said } from './differences';

interface ChangeOf<Name extends Kind> extends Differences<FieldsOf[Name]> {
  readonly action: 'create' | 'update' | 'delete';
  readonly kind: Name;
  readonly name: string;
}

interface WorkerChannelChange extends ChangeOf<'workerChannel'> {
  /** Whose channel it is. */
  readonly worker: string;
}

type Changes = { [Name in Exclude<Kind, 'workerChannel'>]: ChangeOf<Name> };

/**
 * One request: the fields to send, in the file's terms, and what they were; of what is deleted, everything that it was.
 * A worker's channels come and go with the worker, so that they are only ever updated.
 */
export type Change = Changes[keyof Changes] | WorkerChannelChange;

type PresentOf<Name extends ListedKind> = Named & FieldsOf[Name];

/** What has to be created and updated of one kind; what is not wanted is left alone. */
export function listChanges<Name extends ListedKind, Item extends Named>(
  kind: Name,
  wanted: readonly Item[],
  present: readonly PresentOf<Name>[],
  fieldsOf: (item: Item) => Said<FieldsOf[Name]>,
): Change[] {
  return wanted.flatMap((item): Change[] => {
    const name = nameOf(item);
    const said = fieldsOf(item);
    const found = findNamed(present, name);
    if (found) return updateOf(kind, name, differences<FieldsOf[Name]>(said, found));
    return [{ action: 'create', kind, name, fields: given(said), before: {} } as Change];
  });
}

export function updateOf(
  kind: Exclude<Kind, 'workerChannel'>,
  name: string,
  { fields, before }: Differences<object>,
): Change[] {
  if (Object.keys(fields).length === 0) return [];
  return [{ action: 'update', kind, name, fields, before } as Change];
}
