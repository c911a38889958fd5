import type { LifecycleAnswer } from '../lifecycle/lifecycle-answer';
import { countStages } from '../lifecycle/stages';

/** The stages from created to assigned, and what is at each of them now. */
export function StageStrip({ lifecycle }: { readonly lifecycle: LifecycleAnswer }) {
  return (
    <ol class="strip" aria-label="Stages of the lifecycle">
      {countStages(lifecycle).map(({ stage, count, unit }) => (
        <li key={stage} class={count > 0 ? 'stage busy' : 'stage'} data-count={count}>
          <span class="stage-name">{stage}</span>
          <span class="stage-count">
            <b>{count}</b> {unit}
          </span>
        </li>
      ))}
    </ol>
  );
}
