import type { ComponentChildren } from 'preact';
import { ExplanationPanel } from '../../../assets/explanation/explanation-panel';
import { useWhy, type Why, WhyButton } from '../../../assets/explanation/why';
import type { ControlClient } from '../data/control-client';
import type { ServiceState } from '../data/entries';
import { shortSid } from '../data/entry-text';
import type { Filter } from '../data/filters';
import type { NameIndex } from '../data/name-index';
import { subjectKind } from '../data/subject-kind';
import { useExplanation } from './use-explanation';

/** What every task, worker, and reservation on the page needs to be explained. */
export interface SubjectProps {
  readonly names: NameIndex;
  readonly client: ControlClient;
  readonly service: ServiceState | null;
  change(part: Partial<Filter>): void;
}

/** A task, worker, or reservation, what to do with it, and its explanation. */
export function Subject({
  sid,
  children,
  ...props
}: SubjectProps & { readonly sid: string; readonly children?: ComponentChildren }) {
  const why = useWhy();
  const subject = `${subjectKind(sid)} ${props.names.of(sid) ?? shortSid(sid)}`;
  return (
    <div class="subject">
      <span title={sid}>{subject.charAt(0).toUpperCase() + subject.slice(1)}</span>
      {children}
      <WhyButton why={why} subject={subject} />
      {why.isOpen && <WhyPanel key={sid} why={why} subject={subject} sid={sid} {...props} />}
    </div>
  );
}

interface WhyPanelProps extends SubjectProps {
  readonly why: Why;
  readonly subject: string;
  readonly sid: string;
}

/** The explanation. It is read again whenever the service reports a change. */
function WhyPanel({ why, subject, sid, client, service, change }: WhyPanelProps) {
  return (
    <ExplanationPanel
      why={why}
      subject={subject}
      state={useExplanation(client, sid, service)}
      taskLink={(taskSid) => (
        <button type="button" class="plain" title={taskSid} onClick={() => change({ taskSid })}>
          {shortSid(taskSid)}
        </button>
      )}
    />
  );
}
