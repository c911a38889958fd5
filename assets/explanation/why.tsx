import type { RefObject } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

/** A “Why?” button and the panel that it opens. */
export interface Why {
  readonly isOpen: boolean;
  /** Of the panel. */
  readonly id: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  toggle(): void;
}

export function useWhy(): Why {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return { isOpen, id: useId(), button, toggle: () => setOpen(!isOpen) };
}

interface WhyButtonProps {
  readonly why: Why;
  /** What is explained, for screen readers, such as `task 1a2b`. */
  readonly subject: string;
}

/** Opens and closes the panel. Its label stays, so that the focus remains where it is. */
export function WhyButton({ why: { isOpen, id, button, toggle }, subject }: WhyButtonProps) {
  return (
    <button
      type="button"
      class="plain why"
      ref={button}
      aria-expanded={isOpen}
      aria-controls={isOpen ? id : undefined}
      onClick={toggle}
      onKeyDown={(event) => isOpen && event.key === 'Escape' && toggle()}
    >
      Why?<span class="visually-hidden"> About {subject}</span>
    </button>
  );
}

/** Closes the panel with the Escape key, from anywhere in it, and returns the focus to the button. */
export function closeOnEscape({ button, toggle }: Why): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    toggle();
    button.current?.focus();
  };
}
