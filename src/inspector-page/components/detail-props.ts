import type { ControlClient } from '../data/control-client';
import type { Entry } from '../data/entries';
import type { Filter } from '../data/filters';
import type { NameIndex } from '../data/name-index';

/** What the details of every kind of entry need. */
export interface DetailProps {
  readonly entries: readonly Entry[];
  readonly names: NameIndex;
  readonly client: ControlClient;
  show(id: number | null): void;
  change(part: Partial<Filter>): void;
}
