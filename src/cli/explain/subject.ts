import { ConfigurationError } from '../../system/config';

/** What is explained. */
export interface Subject {
  readonly kind: 'task' | 'worker' | 'reservation';
  /** The sid; of a worker its name, too. */
  readonly name: string;
}

export type SubjectFlags = { readonly [Kind in Subject['kind']]?: string | undefined };

/** @throws ConfigurationError unless either a task, a worker, or a reservation is named */
export function subjectOf(flags: SubjectFlags): Subject {
  const [subject, ...others] = (['task', 'worker', 'reservation'] as const).flatMap((kind) => {
    const name = flags[kind];
    return name === undefined ? [] : [{ kind, name }];
  });
  if (subject && others.length === 0) return subject;
  throw new ConfigurationError([
    'Name a task, a worker, or a reservation: taskrouter explain WT…, --worker Alice, or --reservation WR….',
  ]);
}
