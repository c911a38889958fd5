import type { Explanations } from '../lifecycle/explanation-loader';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import type { RunAction } from '../lifecycle/lifecycle-session';
import { byName, workerLoads } from '../lifecycle/worker-load';
import type { ExplanationProps } from './why-panel';
import { WorkerCard } from './worker-card';

interface WorkerListProps extends ExplanationProps {
  readonly lifecycle: LifecycleResponse;
  readonly explanations: Explanations;
  readonly runAction: RunAction;
}

export function WorkerList({ lifecycle, explanations, ...props }: WorkerListProps) {
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
            explanation={explanations.get(worker.worker_sid)}
            {...props}
          />
        ))}
      </ul>
    </section>
  );
}
