import { durableTasks } from './durable-tasks';
import { engineLifecycles } from './engine-lifecycles';

async function bench(): Promise<void> {
  console.log(engineLifecycles());
  console.log(await durableTasks());
}

bench().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
