import { useEffect, useState } from 'preact/hooks';

export interface CopyButtonProps {
  readonly label: string;
  /** Added for whoever hears the page: the label alone may not say of what. */
  readonly spoken?: string;
  /** Asked when the button is used. */
  readonly text: () => string;
}

/** Our choice: as long as one looks. In ms. */
const shownMs = 1500;

/** Takes a text to the clipboard, and says in its own place whether that went well. */
export function CopyButton({ label, spoken, text }: CopyButtonProps) {
  const [outcome, setOutcome] = useState('');
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(''), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome('Copied');
    } catch {
      // The browser may forbid it, and there is no clipboard on an address without https other than this computer's.
      setOutcome('Not allowed here');
    }
  };
  return (
    <button type="button" class="plain" onClick={copy}>
      <span aria-live="polite">{outcome || label}</span>
      {spoken && <span class="spoken"> {spoken}</span>}
    </button>
  );
}
