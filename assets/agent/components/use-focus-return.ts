import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

interface Focused {
  readonly element: Element;
  readonly reservationSid: string | undefined;
}

/**
 * A button with the focus may disappear, because its reservation has ended or moved on. The card of the reservation then
 * gets the focus, wherever it is now, or else the lists, so that Tab continues from there.
 * @returns the element that contains the cards
 */
export function useFocusReturn(): RefObject<HTMLDivElement | null> {
  const lists = useRef<HTMLDivElement>(null);
  const last = useRef<Focused | null>(null);
  useEffect(() => {
    const remember = () => {
      last.current = focusedIn(lists.current);
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useLayoutEffect(() => {
    const focused = last.current;
    if (!focused || focused.element.isConnected || document.activeElement !== document.body) return;
    const card = lists.current?.querySelector<HTMLElement>(
      `[data-reservation-sid="${focused.reservationSid}"]`,
    );
    (card ?? lists.current)?.focus();
  });
  return lists;
}

function focusedIn(lists: Element | null): Focused | null {
  const element = document.activeElement;
  if (!element || !lists?.contains(element)) return null;
  const card = element.closest<HTMLElement>('[data-reservation-sid]');
  return { element, reservationSid: card?.dataset.reservationSid };
}
