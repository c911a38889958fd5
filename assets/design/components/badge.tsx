/** The color of a status: active, waiting, failed, or none of these. */
export type Tone = 'ok' | 'waiting' | 'error' | 'off';

export function Badge({ tone, text }: { readonly tone: Tone; readonly text: string }) {
  return (
    <span class="badge" data-tone={tone}>
      {text}
    </span>
  );
}
