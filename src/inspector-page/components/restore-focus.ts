/** When what had the focus is gone, as on a narrow screen where list and details take turns, this goes on from there. */
export function restoreLostFocus(element: HTMLElement | null): void {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body) element?.focus({ preventScroll: true });
}
