/** What the list shows. */
export type View = 'log' | 'calls';

interface ViewSwitchProps {
  readonly view: View;
  /** The number of calls. */
  readonly callCount: number;
  switchTo(view: View): void;
}

const names: Readonly<Record<View, string>> = { log: 'Log', calls: 'Calls' };

/** Switches between the log and the calls. */
export function ViewSwitch({ view, callCount, switchTo }: ViewSwitchProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons
    <div class="view-switch" role="group" aria-label="View">
      {(['log', 'calls'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={view === each} onClick={() => switchTo(each)}>
          {names[each]} {each === 'calls' && <span class="count">{callCount}</span>}
        </button>
      ))}
    </div>
  );
}
