import type { LifecycleResponse } from './lifecycle-response';

/** What to do when there is no task, with the names of this workspace. */
export function noTasksYet({ workers, activities }: LifecycleResponse): string {
  const [worker] = byName(workers);
  const available = activities.find((activity) => activity.available);
  if (!worker || !available) return 'No tasks yet. Create one to see it here.';
  return `No tasks yet. Create one, then set ${worker.worker_name} ${available.activity_name}.`;
}

/** In an order that does not change while one looks at it. */
export function byName<W extends { readonly worker_name: string }>(workers: readonly W[]): W[] {
  return [...workers].sort((one, other) => one.worker_name.localeCompare(other.worker_name));
}
