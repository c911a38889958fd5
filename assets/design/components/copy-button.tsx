import { useEffect, useState } from 'preact/hooks';

interface CopyButtonProps {
  readonly label: string;
  /** For screen readers, if the label alone does not say what is copied. */
  readonly description?: string;
  /** Called when the button is used. */
  readonly text: () => string;
}

/** Our choice: how long the result is shown, in ms. */
const shownMs = 1500;

/** Copies a text to the clipboard and shows the result in place of the label. */
export function CopyButton({ label, description, text }: CopyButtonProps) {
  const [result, setResult] = useState('');
  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(''), shownMs);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setResult('Copied');
    } catch {
      // The browser may forbid it. Without https, only localhost has a clipboard.
      setResult('Not allowed here');
    }
  };
  return (
    <button type="button" class="plain" onClick={copy}>
      <span aria-live="polite">{result || label}</span>
      {description && <span class="visually-hidden"> {description}</span>}
    </button>
  );
}
