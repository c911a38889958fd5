import { coldStart } from './cold-start';
import { durableTasks } from './durable-tasks';
import { engineLifecycles } from './engine-lifecycles';
import { largeWorkspaces } from './large-workspaces';
import type { Measure } from './measure';

/** In the order of the table. */
export const measures: readonly Measure[] = [durableTasks, engineLifecycles, largeWorkspaces, coldStart];
