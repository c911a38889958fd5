import { useBusy } from '../design/components/use-busy';
import type { ActionName, Parameters } from '../lifecycle/function-client';
import type { RunAction } from '../lifecycle/lifecycle-session';

interface ActionButtonProps {
  readonly label: string;
  readonly name: ActionName;
  readonly parameters: Parameters;
  readonly runAction: RunAction;
  readonly primary?: boolean;
  /** Whether this is the current choice, for one of several buttons. */
  readonly pressed?: boolean;
  readonly hint?: string | undefined;
}

/** Invokes a Function. It is never disabled, because that would remove the keyboard focus. */
export function ActionButton({
  label,
  name,
  parameters,
  runAction,
  primary,
  pressed,
  hint,
}: ActionButtonProps) {
  const [isBusy, run] = useBusy();
  return (
    <button
      type="button"
      class={primary ? 'primary' : undefined}
      title={hint}
      aria-pressed={pressed}
      aria-disabled={isBusy}
      onClick={() => run(() => runAction(name, parameters))}
    >
      {label}
    </button>
  );
}
