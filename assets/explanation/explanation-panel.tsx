import type { ComponentChild } from 'preact';
import type { Explanation, ExplanationState } from './explanation';
import { furtherReasons, reasonCodes } from './explanation-text';
import { TaskExplanationDetails } from './task-explanation';
import type { Why } from './why';
import { WhySection } from './why-section';
import { WorkerExplanationDetails } from './worker-explanation';

interface ExplanationPanelProps {
  readonly why: Why;
  /** As for the button. */
  readonly subject: string;
  readonly state: ExplanationState;
  readonly taskLink: (taskSid: string) => ComponentChild;
}

/** Why a task or a worker waits: the summary first, then what it comes from. It stays true while it is open. */
export function ExplanationPanel({ why, subject, state, taskLink }: ExplanationPanelProps) {
  const explanation = state?.explanation;
  return (
    <WhySection why={why} subject={subject}>
      <p class={state?.error === undefined ? 'explanation-summary' : 'error-text'} aria-live="polite">
        {explanation?.summary ?? state?.error ?? 'Loading …'}
      </p>
      {explanation && <ReasonCodes explanation={explanation} />}
      {explanation && 'task_sid' in explanation && <TaskExplanationDetails explanation={explanation} />}
      {explanation && 'tasks' in explanation && (
        <WorkerExplanationDetails explanation={explanation} taskLink={taskLink} />
      )}
    </WhySection>
  );
}

/** The codes for programs and the documentation, and the reasons that the summary leaves out. */
function ReasonCodes({ explanation }: { readonly explanation: Explanation }) {
  const codes = reasonCodes(explanation);
  if (codes.length === 0) return null;
  return (
    <div class="reasons">
      <h4 class="label">Reasons</h4>
      {codes.map((code) => (
        <code key={code}>{code}</code>
      ))}
      {furtherReasons(explanation).map(({ message }) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
}
