/** As on every phone since https://www.itu.int/rec/T-REC-E.161 */
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

interface KeypadProps {
  readonly press: (key: string) => Promise<void>;
  /** The keys work once the call is connected. */
  readonly isConnected: boolean;
}

/** The keys of a phone. `useTypedKeys` lets them be typed, too. */
export function Keypad({ press, isConnected }: KeypadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons
    <div class="keypad" role="group" aria-label="Keypad" title="The keys can be typed, too">
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          aria-disabled={!isConnected}
          aria-label={nameOf(key)}
          onClick={() => isConnected && void press(key)}
        >
          {key}
        </button>
      ))}
    </div>
  );
}

/** A handler of the keyboard for the element around a keypad. Text fields keep what is typed into them. */
export function typedKeys({ press, isConnected }: KeypadProps) {
  return ({ key, target, ctrlKey, altKey, metaKey }: KeyboardEvent): void => {
    const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!isConnected || isField || ctrlKey || altKey || metaKey) return;
    if ((keys as readonly string[]).includes(key)) void press(key);
  };
}

/** Screen readers may skip a sign that stands alone. */
function nameOf(key: string): string {
  if (key === '*') return 'star';
  return key === '#' ? 'pound' : key;
}
