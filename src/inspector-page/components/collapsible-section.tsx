import type { ComponentChildren } from 'preact';

interface CollapsibleSectionProps {
  readonly title: string;
  readonly isOpen?: boolean;
  readonly children: ComponentChildren;
}

/** A section that can be collapsed. */
export function CollapsibleSection({ title, isOpen = true, children }: CollapsibleSectionProps) {
  return (
    <details class="section" open={isOpen}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
