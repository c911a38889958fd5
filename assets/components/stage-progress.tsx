import { stages } from '../lifecycle/stages';

/** How far a task has come. */
export function StageProgress({ reached }: { readonly reached: number }) {
  const stage = stages[reached - 1] ?? '';
  return (
    <div class="meter">
      <span class="meter-dots" aria-hidden="true">
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
