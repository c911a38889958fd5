import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { byName, workerLoads } from '../lifecycle/worker-load';
import { WorkerCard } from './worker-card';

interface WorkerListProps {
  readonly lifecycle: LifecycleResponse;
  readonly runAction: RunAction;
}

export function WorkerList({ lifecycle, runAction }: WorkerListProps) {
  const { workers, activities } = lifecycle;
  const loadOf = workerLoads(lifecycle);
  return (
    <section class="panel" aria-labelledby="workers">
      <h2 id="workers">Workers</h2>
      {workers.length === 0 && <p class="empty">No workers yet. Add them to the workspace file.</p>}
      <ul class="divided">
        {byName(workers).map((worker) => (
          <WorkerCard
            key={worker.worker_sid}
            worker={worker}
            activities={activities}
            load={loadOf(worker)}
            runAction={runAction}
          />
        ))}
      </ul>
    </section>
  );
}
