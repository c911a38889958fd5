import type { ComponentChildren } from 'preact';
import { shortSid } from '../data/entry-text';

interface CallSubjectProps {
  readonly sid: string;
  /** Default: its SID. */
  readonly title?: string;
  readonly children?: ComponentChildren;
  showCall(sid: string): void;
}

/** A call, and what to do with it. */
export function CallSubject({ sid, title = shortSid(sid), children, showCall }: CallSubjectProps) {
  return (
    <div class="subject">
      <span title={sid}>Call {title}</span>
      {children}
      <button type="button" class="plain" onClick={() => showCall(sid)}>
        Show the call
      </button>
    </div>
  );
}
