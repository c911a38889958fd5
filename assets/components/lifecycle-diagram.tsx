import { useEffect, useRef } from 'preact/hooks';
import { diagramTokens, stagesBySid, type Token } from '../lifecycle/diagram-tokens';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import { countStages } from '../lifecycle/stages';

/**
 * The line from created to completed. Tasks hang below it and move along it; workers stand above it, join the task they
 * are asked about, and go with it. Who does not see it reads the counts, and hears of changes.
 */
export function LifecycleDiagram({ lifecycle }: { readonly lifecycle: LifecycleResponse }) {
  const tokens = diagramTokens(lifecycle);
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
function useStagesBefore(lifecycle: LifecycleResponse): (token: Token) => number {
  const before = useRef<Map<string, number> | undefined>(undefined);
  const stagesBefore = before.current;
  useEffect(() => {
    before.current = stagesBySid(lifecycle);
  }, [lifecycle]);
  return ({ key, kind, stage, isRest }) => {
    if (!stagesBefore || isRest) return stage;
    return stagesBefore.get(key) ?? (kind === 'task' ? -0.5 : stage);
  };
}

function byKey(one: Token, other: Token): number {
  return one.key < other.key ? -1 : 1;
}
