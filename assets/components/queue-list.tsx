import { durationText } from '../../src/common/duration-text';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import type { QueueHistories, QueueHistory } from '../lifecycle/queue-history';
import { type QueueLoad, queueLoads } from '../lifecycle/queue-loads';
import { QueueChart } from './queue-chart';

interface QueueListProps {
  readonly lifecycle: LifecycleResponse;
  readonly histories: QueueHistories;
}

export function QueueList({ lifecycle, histories }: QueueListProps) {
  const loads = queueLoads(lifecycle);
  return (
    <section class="panel" aria-labelledby="queues">
      <h2 id="queues">Task queues</h2>
      {loads.length === 0 && <p class="empty">No task queues yet. Add them to the workspace file.</p>}
      <ul class="divided">
        {loads.map((load) => {
          const sid = load.queue.task_queue_sid;
          return <QueueEntry key={sid} load={load} history={histories.get(sid)} />;
        })}
      </ul>
    </section>
  );
}

interface QueueEntryProps {
  readonly load: QueueLoad;
  readonly history: QueueHistory | undefined;
}

function QueueEntry({ load, history }: QueueEntryProps) {
  const { queue, waiting, longestWait, offered, inProgress } = load;
  return (
    <li class="queue" data-queue-sid={queue.task_queue_sid} data-waiting={waiting}>
      <h3>{queue.task_queue_name}</h3>
      {queue.target_workers && <code class="faint">{queue.target_workers}</code>}
      <dl class="metrics">
        <Metric label="Waiting" value={String(waiting)} />
        <Metric label="Longest wait" value={waiting > 0 ? durationText(longestWait * 1000) : '–'} />
        <Metric label="Offered" value={String(offered)} />
        <Metric label="Active" value={String(inProgress)} />
      </dl>
      {history && <QueueChart name={queue.task_queue_name} history={history} />}
    </li>
  );
}

function Metric({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt class="label">{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
