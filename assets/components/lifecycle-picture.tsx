import { useEffect, useRef } from 'preact/hooks';
import type { LifecycleAnswer } from '../lifecycle/lifecycle-answer';
import { countStages } from '../lifecycle/stages';
import { standing, type Token, tokensOf } from '../lifecycle/tokens';

/**
 * The line from created to completed. Tasks hang below it and move along it; workers stand above it, join the task they
 * are asked about, and go with it. Who does not see it reads the counts, and hears of changes.
 */
export function LifecyclePicture({ lifecycle }: { readonly lifecycle: LifecycleAnswer }) {
  const tokens = tokensOf(lifecycle);
  const from = useStagesBefore(lifecycle);
  return (
    <section class="picture panel" aria-label="The lifecycle now">
      <ol class="stations" aria-label="Stages of the lifecycle">
        {countStages(lifecycle).map(({ stage, count, unit }) => (
          <li key={stage} class={count > 0 ? 'stage busy' : 'stage'} data-count={count}>
            <span class="stage-name">{stage}</span>
            <span class="stage-count">
              <b class="reading">{count}</b> <span class="unit">{unit}</span>
            </span>
          </li>
        ))}
      </ol>
      <div class="tokens" aria-hidden="true">
        {/* In an order of their own, so that no token is taken out and put back, which would end its motion. */}
        {tokens.toSorted(byKey).map((token) => (
          <TokenMark key={token.key} token={token} from={from(token)} />
        ))}
      </div>
    </section>
  );
}

function TokenMark({ token, from }: { readonly token: Token; readonly from: number }) {
  const { kind, text, stage, slot, column, isRest } = token;
  const place = {
    '--stage': stage,
    '--from': from,
    '--slot': slot,
    '--column': column,
    '--row': Math.floor(slot / 2),
  };
  return (
    <span class={isRest ? 'token rest' : 'token'} style={place} data-kind={kind} data-stage={stage}>
      {text}
    </span>
  );
}

/** Where a token that is not drawn yet comes from: the stage where it stood; a new task from outside. */
function useStagesBefore(lifecycle: LifecycleAnswer): (token: Token) => number {
  const before = useRef<Map<string, number> | undefined>(undefined);
  const stagesBefore = before.current;
  useEffect(() => {
    before.current = standing(lifecycle);
  }, [lifecycle]);
  return ({ key, kind, stage, isRest }) => {
    if (!stagesBefore || isRest) return stage;
    return stagesBefore.get(key) ?? (kind === 'task' ? -0.5 : stage);
  };
}

function byKey(one: Token, other: Token): number {
  return one.key < other.key ? -1 : 1;
}
