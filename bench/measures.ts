import { coldStart } from './cold-start';
import { createTask } from './create-task';
import { engineLifecycles } from './engine-lifecycles';
import { largeWorkspaces } from './large-workspaces';
import { lifecycles } from './lifecycles';
import { lifecyclesAtRate } from './lifecycles-at-rate';
import type { Measure } from './measure';

/** In the order of the table. */
export const measures: readonly Measure[] = [
  createTask,
  lifecycles,
  lifecyclesAtRate,
  largeWorkspaces,
  engineLifecycles,
  coldStart,
];
