import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

interface Focused {
  readonly element: Element;
  /** The selector of where the focus goes if the element disappears. */
  readonly next: string | undefined;
}

/**
 * A button with the focus may disappear. What `next` has named then gets the focus, wherever it is now, or else the whole
 * part of the page, so that Tab continues from there.
 * @param next a selector, asked for when an element gets the focus
 * @returns the part of the page; it needs `tabIndex={-1}`
 */
export function useFocusReturn(
  next: (element: Element) => string | undefined,
): RefObject<HTMLDivElement | null> {
  const part = useRef<HTMLDivElement>(null);
  const last = useRef<Focused | null>(null);
  useEffect(() => {
    const remember = () => {
      const element = document.activeElement;
      last.current = element && part.current?.contains(element) ? { element, next: next(element) } : null;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [next]);
  useLayoutEffect(() => {
    const focused = last.current;
    if (!focused || focused.element.isConnected || document.activeElement !== document.body) return;
    const found = focused.next ? part.current?.querySelector<HTMLElement>(focused.next) : null;
    (found ?? part.current)?.focus();
  });
  return part;
}
