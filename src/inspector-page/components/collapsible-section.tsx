import type { ComponentChildren } from 'preact';

export interface CollapsibleSectionProps {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ComponentChildren;
}

/** A part of the details that can be folded away. */
export function CollapsibleSection({ title, isOpen = true, children }: CollapsibleSectionProps) {
  return (
    <details class="part" open={isOpen}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
