import type { startTaskRouter as Contract } from './contract';

/**
 * Documented in contract.ts. All the rest is loaded at the first call: many test files require the kit and start nothing, or
 * only some of their tests do.
 */
export const startTaskRouter = ((options) => {
  const kit: typeof import('./start-task-router') = require('./start-task-router');
  return kit.startTaskRouter(options);
}) as typeof Contract;
