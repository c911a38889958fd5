import { builtInTaskChannels } from '../../common/built-in-task-channels';
import type { ExistingWorkspace } from '../existing/existing';
import { findNamed, type ListedKind, listNames, type Named, nameOf } from '../file/names';
import type { DesiredWorkspace } from '../file/schema';

/** Something in the workspace that is not in the file. */
export interface Extra {
  readonly kind: ListedKind;
  readonly name: string;
}

type ItemOf<Kind extends ListedKind> = ExistingWorkspace[(typeof listNames)[Kind]][number];

/** The extras of one kind. The task channels that every workspace has are never extras. */
export function extrasOf<Kind extends ListedKind>(
  kind: Kind,
  desired: DesiredWorkspace,
  present: ExistingWorkspace,
): ItemOf<Kind>[] {
  const named: readonly Named[] = desired[listNames[kind]] ?? [];
  const there: readonly ItemOf<Kind>[] = present[listNames[kind]];
  return there.filter((item) => {
    const name = nameOf(item);
    return !findNamed(named, name) && !(kind === 'taskChannel' && builtInTaskChannels.includes(name));
  });
}

export function allExtras(desired: DesiredWorkspace, present: ExistingWorkspace): Extra[] {
  return (Object.keys(listNames) as ListedKind[]).flatMap((kind) =>
    extrasOf(kind, desired, present).map((item) => ({ kind, name: nameOf(item) })),
  );
}
