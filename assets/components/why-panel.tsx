import { useEffect } from 'preact/hooks';
import type { ExplanationState } from '../explanation/explanation';
import { ExplanationPanel } from '../explanation/explanation-panel';
import type { Why } from '../explanation/why';
import { TaskLink } from './task-link';

/** How the cards of the page get their explanations. */
export interface ExplanationProps {
  /** False if no local TaskRouter can explain anything, as on Twilio. */
  readonly canExplain: boolean;
  readonly watchExplanation: (sid: string) => () => void;
}

interface WhyPanelProps extends Pick<ExplanationProps, 'watchExplanation'> {
  readonly why: Why;
  readonly subject: string;
  /** Of the task or worker. */
  readonly sid: string;
  readonly state: ExplanationState;
}

/** Why a task or a worker of this page waits. */
export function WhyPanel({ sid, watchExplanation, ...props }: WhyPanelProps) {
  useEffect(() => watchExplanation(sid), [sid, watchExplanation]);
  return <ExplanationPanel {...props} taskLink={(taskSid) => <TaskLink taskSid={taskSid} />} />;
}
