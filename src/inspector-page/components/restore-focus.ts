/**
 * Focuses an element if the focused one has disappeared, as when a narrow screen switches between list and details. The
 * browser takes the focus from a hidden element only when it draws, which can be later than this.
 */
export function restoreLostFocus(element: HTMLElement | null): void {
  const { activeElement, body } = document;
  const isLost = activeElement === null || activeElement === body || !activeElement.checkVisibility();
  if (isLost) element?.focus({ preventScroll: true });
}
