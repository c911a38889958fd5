/** Focuses an element if the focused one has disappeared, as when a narrow screen switches between list and details. */
export function restoreLostFocus(element: HTMLElement | null): void {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body) element?.focus({ preventScroll: true });
}
