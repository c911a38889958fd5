export { startTaskRouter } from './start-task-router';
