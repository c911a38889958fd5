import type { ComponentChildren } from 'preact';
import { closeOnEscape, type Why } from './why';

interface WhySectionProps {
  readonly why: Why;
  /** As for the button. */
  readonly subject: string;
  readonly children: ComponentChildren;
}

/** What a “Why?” button opens. */
export function WhySection({ why, subject, children }: WhySectionProps) {
  return (
    <section
      id={why.id}
      class="explanation"
      aria-label={`Why? About ${subject}`}
      onKeyDown={closeOnEscape(why)}
    >
      {children}
    </section>
  );
}
