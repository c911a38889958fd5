import { useBusy } from '../design/components/use-busy';
import type { FunctionName, Parameters } from '../lifecycle/function-client';
import type { RunAction } from '../lifecycle/lifecycle-session';

export interface ActionButtonProps {
  readonly label: string;
  readonly name: FunctionName;
  readonly parameters: Parameters;
  readonly act: RunAction;
  readonly primary?: boolean;
  /** Whether this is how it is now, for a choice among several. */
  readonly pressed?: boolean;
  readonly hint?: string | undefined;
}

/** Calls a Function. It is never disabled, which would take the keyboard's focus away. */
export function ActionButton({ label, name, parameters, act, primary, pressed, hint }: ActionButtonProps) {
  const [busy, run] = useBusy();
  return (
    <button
      type="button"
      class={primary ? 'primary' : undefined}
      title={hint}
      aria-pressed={pressed}
      aria-disabled={busy}
      onClick={() => run(() => act(name, parameters))}
    >
      {label}
    </button>
  );
}
