import { useEffect } from 'preact/hooks';
import type { ExplanationState } from '../explanation/explanation';
import { ExplanationPanel } from '../explanation/explanation-panel';
import type { Why } from '../explanation/why';
import { WhySection } from '../explanation/why-section';
import { ExplainCommand } from './explain-command';
import { TaskLink } from './task-link';

/** How the cards of the page get their explanations. */
export interface ExplanationProps {
  /** Whether a local TaskRouter explains its decisions. Twilio's does not. */
  readonly canExplain: boolean;
  readonly watchExplanation: (sid: string) => () => void;
}

interface WhyPanelProps extends ExplanationProps {
  readonly why: Why;
  readonly subject: string;
  /** Of the task or worker. */
  readonly sid: string;
  readonly state: ExplanationState;
}

/** Why a task or a worker of this page waits, or how to find out. */
export function WhyPanel({ canExplain, ...props }: WhyPanelProps) {
  if (canExplain) return <LocalExplanation {...props} />;
  return (
    <WhySection why={props.why} subject={props.subject}>
      <ExplainCommand sid={props.sid} />
    </WhySection>
  );
}

function LocalExplanation({ sid, watchExplanation, ...props }: Omit<WhyPanelProps, 'canExplain'>) {
  useEffect(() => watchExplanation(sid), [sid, watchExplanation]);
  return <ExplanationPanel {...props} taskLink={(taskSid) => <TaskLink taskSid={taskSid} />} />;
}
