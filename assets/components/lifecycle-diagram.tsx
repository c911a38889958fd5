import { useEffect, useRef } from 'preact/hooks';
import { diagramTokens, stagesBySid, type Token } from '../lifecycle/diagram-tokens';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import { countStages } from '../lifecycle/stages';

/**
 * The track from created to completed. Tasks appear below it and move along it. Workers appear above it and move with
 * the task that they are offered. Screen readers get the counts and the announced changes instead.
 */
export function LifecycleDiagram({ lifecycle }: { readonly lifecycle: LifecycleResponse }) {
  const tokens = diagramTokens(lifecycle);
  const from = useStagesBefore(lifecycle);
  return (
    <section class="diagram panel" aria-label="Current state of the lifecycle">
      <ol class="stages" aria-label="Stages of the lifecycle">
        {countStages(lifecycle).map(({ stage, count, unit }) => (
          <li key={stage} class={count > 0 ? 'stage busy' : 'stage'} data-count={count}>
            <span class="stage-name">{stage}</span>
            <span class="stage-count">
              <b class="big-number">{count}</b> <span class="unit">{unit}</span>
            </span>
          </li>
        ))}
      </ol>
      <div class="tokens" aria-hidden="true">
        {/* In a stable order, because moving an element within the DOM would end its transition. */}
        {tokens.toSorted(byKey).map((token) => (
          <TokenMark key={token.key} token={token} from={from(token)} />
        ))}
      </div>
    </section>
  );
}

function TokenMark({ token, from }: { readonly token: Token; readonly from: number }) {
  const { kind, text, stage, slot, column, isOverflow } = token;
  const style = {
    '--stage': stage,
    '--from': from,
    '--slot': slot,
    '--column': column,
    '--row': Math.floor(slot / 2),
  };
  return (
    <span class={isOverflow ? 'token overflow' : 'token'} style={style} data-kind={kind} data-stage={stage}>
      {text}
    </span>
  );
}

/** The stage at which a new token starts its move: the previous one of its task or worker; a new task enters from the left. */
function useStagesBefore(lifecycle: LifecycleResponse): (token: Token) => number {
  const before = useRef<Map<string, number> | undefined>(undefined);
  const stagesBefore = before.current;
  useEffect(() => {
    before.current = stagesBySid(lifecycle);
  }, [lifecycle]);
  return ({ key, kind, stage, isOverflow }) => {
    if (!stagesBefore || isOverflow) return stage;
    return stagesBefore.get(key) ?? (kind === 'task' ? -0.5 : stage);
  };
}

function byKey(one: Token, other: Token): number {
  return one.key < other.key ? -1 : 1;
}
