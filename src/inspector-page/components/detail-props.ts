import type { Entry } from '../data/entries';
import type { SubjectProps } from './subject';

/** What the details of every kind of entry, and of a call, need. */
export interface DetailProps extends SubjectProps {
  readonly entries: readonly Entry[];
  show(id: number | null): void;
  showCall(sid: string): void;
}
