/** A worker and the activity to give it, by name, so that the worker is offered tasks. */
export interface SuggestedMove {
  readonly worker: string;
  readonly activity: string;
}

interface Names {
  readonly workers: readonly { readonly friendlyName: string }[];
  readonly activities: readonly { readonly friendlyName: string; readonly available: boolean }[];
}

/** The first worker and the first available activity of a workspace file; null if it lacks either. */
export function suggestedMove({ workers: [worker], activities }: Names): SuggestedMove | null {
  const activity = activities.find(({ available }) => available);
  return worker && activity ? { worker: worker.friendlyName, activity: activity.friendlyName } : null;
}
