import type { ServiceState } from '../data/entries';

const shownStatuses = ['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'] as const;

/** Counts of tasks, workers and queues. */
export function StateSummary({ service }: { readonly service: ServiceState | null }) {
  const statuses = shownStatuses.filter((status) => service?.tasks_by_status[status]);
  const { available = 0, unavailable = 0 } = service?.workers_by_availability ?? {};
  return (
    <dl class="state">
      <Count name="Tasks" value={service?.counts.tasks}>
        {statuses.map((status) => `${service?.tasks_by_status[status]} ${status}`).join(', ')}
      </Count>
      <Count name="Workers" value={service && available + unavailable}>
        {service && `${available} available`}
      </Count>
      <Count name="Queues" value={service?.counts.task_queues} />
    </dl>
  );
}

interface CountProps {
  readonly name: string;
  readonly value: number | null | undefined;
  readonly children?: preact.ComponentChildren;
}

function Count({ name, value, children }: CountProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value ?? '–'}</b> <span class="faint">{children}</span>
      </dd>
    </div>
  );
}
