import { nouns } from '../existing/existing';
import type { Change } from './changes';

/** How people call what is changed. JSON's quotes, for a name may hold anything. */
export function subjectOf(change: Change): string {
  const what = `${nouns[change.kind]} ${JSON.stringify(change.name)}`;
  return change.kind === 'workerChannel' ? `${what} of the worker ${JSON.stringify(change.worker)}` : what;
}
