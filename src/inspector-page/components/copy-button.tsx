import { useState } from 'preact/hooks';

export interface CopyButtonProps {
  readonly label: string;
  readonly text: string;
}

/** Puts a text into the clipboard, and says whether that went well. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const [said, say] = useState('');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('The browser does not let us copy'),
    );
  };
  return (
    <>
      <button type="button" onClick={copy} onBlur={() => say('')}>
        {said || label}
      </button>
      <span class="spoken" aria-live="polite">
        {said}
      </span>
    </>
  );
}
