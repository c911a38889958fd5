/** How a thing stands: at work, waiting for somebody, gone wrong; or none of these. */
export type Light = 'live' | 'waits' | 'wrong' | 'off';

export function Badge({ light, text }: { readonly light: Light; readonly text: string }) {
  return (
    <span class="badge" data-light={light}>
      {text}
    </span>
  );
}
