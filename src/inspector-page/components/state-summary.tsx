import type { ServiceState } from '../data/entries';

const shownStatuses = ['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'];

/** What there is of everything, in one line. */
export function StateSummary({ service }: { readonly service: ServiceState | null }) {
  const statuses = shownStatuses.filter((status) => service?.tasks_by_status[status]);
  const { available = 0, unavailable = 0 } = service?.workers_by_availability ?? {};
  return (
    <dl class="state">
      <Fact name="Tasks" value={service?.counts.tasks}>
        {statuses.map((status) => `${service?.tasks_by_status[status]} ${status}`).join(', ')}
      </Fact>
      <Fact name="Workers" value={service && available + unavailable}>
        {service && `${available} available`}
      </Fact>
      <Fact name="Queues" value={service?.counts.task_queues} />
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: number | null | undefined;
  readonly children?: preact.ComponentChildren;
}

function Fact({ name, value, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value ?? '–'}</b> <span class="faint">{children}</span>
      </dd>
    </div>
  );
}
