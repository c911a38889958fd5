import type { Explanation, ExplanationState } from '../explanation/explanation';
import { DetailLoader } from './detail-loader';
import type { InvokeFunction } from './function-client';
import { errorMessage } from './response-text';

type LoadedExplanation = NonNullable<ExplanationState>;

/** The explanations that are open, by the sid of the task or worker. */
export type Explanations = ReadonlyMap<string, LoadedExplanation>;

/**
 * Asks why tasks or workers wait, again with every response of `/lifecycle`: what decides includes what that does not
 * contain, such as the expressions of workflows, capacities, and the clock.
 */
export class ExplanationLoader extends DetailLoader<LoadedExplanation> {
  constructor(
    private readonly invoke: InvokeFunction,
    onChange: (explanations: Explanations) => void,
  ) {
    super(onChange);
  }

  protected override async read(explain: string): Promise<LoadedExplanation> {
    const response = await this.invoke('lifecycle', { explain });
    const { explanation } = (response.body ?? {}) as { readonly explanation?: Explanation | null };
    if (response.status === 200 && explanation) return { explanation };
    return { error: response.status === 200 ? notLocal : errorMessage(response) };
  }

  protected override fingerprint(): undefined {
    return undefined;
  }
}

/** If the Functions now run elsewhere than when the page was opened. */
const notLocal = 'Only a local TaskRouter explains its decisions.';
