import type { ComponentChildren } from 'preact';

export interface PartProps {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ComponentChildren;
}

/** A part of the details that can be folded away. */
export function Part({ title, isOpen = true, children }: PartProps) {
  return (
    <details class="part" open={isOpen}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
