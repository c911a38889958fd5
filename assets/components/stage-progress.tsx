import { stages } from '../lifecycle/stages';

/** How many stages a task has reached. */
export function StageProgress({ reached }: { readonly reached: number }) {
  const stage = stages[reached - 1] ?? '';
  return (
    <div class="progress">
      <span class="progress-dots" aria-hidden="true">
        {stages.map((name, index) => (
          <i key={name} class={index < reached ? 'reached' : undefined} />
        ))}
      </span>
      <span>
        {stage}
        <span class="faint">
          {' '}
          · {reached} of {stages.length}
        </span>
      </span>
    </div>
  );
}
