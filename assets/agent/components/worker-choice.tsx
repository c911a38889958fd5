import { agentPageOf } from '../../design/agent-page-of';
import type { Worker } from '../../lifecycle/lifecycle-response';
import { byName } from '../../lifecycle/worker-load';

export function WorkerChoice({ workers }: { readonly workers: readonly Worker[] }) {
  return (
    <section class="panel worker-choice" aria-labelledby="choice">
      <h2 id="choice">Which worker are you?</h2>
      {workers.length === 0 && <p class="empty">No workers yet. Add them to the workspace file.</p>}
      <ul class="divided">
        {byName(workers).map(({ worker_sid, worker_name, activity_name, available }) => (
          <li key={worker_sid} class="row">
            <a href={agentPageOf(worker_name)}>{worker_name}</a>
            <span class="indicator" data-tone={available ? 'ok' : 'off'}>
              {activity_name}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
