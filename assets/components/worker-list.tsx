import { byName } from '../lifecycle/empty-states';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { loadOf, workerLoads } from '../lifecycle/worker-load';
import { WorkerCard } from './worker-card';

export interface WorkerListProps {
  readonly lifecycle: LifecycleResponse;
  readonly act: RunAction;
}

export function WorkerList({ lifecycle, act }: WorkerListProps) {
  const { workers, activities } = lifecycle;
  const loads = workerLoads(lifecycle);
  return (
    <section class="panel" aria-labelledby="workers">
      <h2 id="workers">Workers</h2>
      {workers.length === 0 && <p class="empty">No workers yet. Write them into the workspace file.</p>}
      <ul class="workers entries-apart">
        {byName(workers).map((worker) => (
          <WorkerCard
            key={worker.worker_sid}
            worker={worker}
            activities={activities}
            load={loadOf(loads, worker)}
            act={act}
          />
        ))}
      </ul>
    </section>
  );
}
