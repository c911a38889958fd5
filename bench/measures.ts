import { coldStart } from './cold-start';
import { createTask } from './create-task';
import { engineLifecycles } from './engine-lifecycles';
import { eventBridge } from './event-bridge';
import { explain } from './explain';
import { largeWorkspaces } from './large-workspaces';
import { lifecycles } from './lifecycles';
import { lifecyclesAtRate } from './lifecycles-at-rate';
import { lintWorkflow } from './lint-workflow';
import type { Measure } from './measure';
import { memoryPerAgent } from './memory-per-agent';
import { memoryPerTask } from './memory-per-task';
import { npmStart } from './npm-start';
import { orderedList } from './ordered-list';
import { readTasks } from './read-tasks';
import { startLarge } from './start-large';
import { statisticsRequest } from './statistics-request';
import { testKit } from './test-kit';
import { virtualTime } from './virtual-time';

/** In the order of the table. */
export const measures: readonly Measure[] = [
  createTask,
  readTasks,
  lifecycles,
  lifecyclesAtRate,
  largeWorkspaces,
  statisticsRequest,
  orderedList,
  startLarge,
  engineLifecycles,
  memoryPerTask,
  eventBridge,
  memoryPerAgent,
  explain,
  lintWorkflow,
  testKit,
  virtualTime,
  npmStart,
  coldStart,
];
