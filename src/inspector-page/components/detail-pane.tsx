import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { restoreLostFocus } from './restore-focus';

interface DetailPaneProps {
  /** What is shown; null for nothing. */
  readonly shown: object | string | null;
  /** Shown instead of nothing. */
  readonly hint: string;
  back(): void;
  readonly children: ComponentChildren;
}

/** The details of what is selected. */
export function DetailPane({ shown, hint, back, children }: DetailPaneProps) {
  const container = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!container.current || shown === null) return;
    container.current.scrollTop = 0;
    container.current.scrollIntoView();
    restoreLostFocus(container.current);
  }, [shown]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section class="detail" aria-label="Details" ref={container} tabIndex={0}>
      {shown === null ? (
        <div class="empty-state">
          <p>{hint}</p>
        </div>
      ) : (
        <>
          <button type="button" class="back" onClick={back}>
            Back to the list
          </button>
          {children}
        </>
      )}
    </section>
  );
}
