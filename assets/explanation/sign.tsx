interface SignProps {
  readonly isTrue: boolean;
  /** The same in words, for screen readers. */
  readonly text: string;
}

/** ✓ or ✗. */
export function Sign({ isTrue, text }: SignProps) {
  return (
    <span class="sign" data-true={isTrue}>
      <span aria-hidden="true">{isTrue ? '✓' : '✗'}</span>
      <span class="visually-hidden">{text}: </span>
    </span>
  );
}
