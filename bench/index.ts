import { coldStarts } from './cold-start';
import { durableTasks } from './durable-tasks';
import { engineLifecycles } from './engine-lifecycles';

async function bench(): Promise<void> {
  console.log(engineLifecycles());
  console.log(await durableTasks());
  console.log(await coldStarts());
}

bench().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
