import type { ComponentChild } from 'preact';
import type { Explanation, ExplanationState, PresentExplanation } from './explanation';
import { furtherReasons, reasonCodes } from './explanation-text';
import { TaskExplanationDetails } from './task-explanation';
import type { Why } from './why';
import { WhySection } from './why-section';
import { WorkerExplanationDetails } from './worker-explanation';
import { WorkerReasons } from './worker-reasons';

interface ExplanationPanelProps {
  readonly why: Why;
  /** As for the button. */
  readonly subject: string;
  readonly state: ExplanationState;
  readonly taskLink: (taskSid: string) => ComponentChild;
}

/**
 * Why a task or a worker waits, or why a reservation went to its worker: the summary first, then what it comes from. It
 * stays true while it is open.
 */
export function ExplanationPanel({ why, subject, state, taskLink }: ExplanationPanelProps) {
  const explanation = state?.explanation;
  return (
    <WhySection why={why} subject={subject}>
      <p class={state?.error === undefined ? 'explanation-summary' : 'error-text'} aria-live="polite">
        {explanation?.summary ?? state?.error ?? 'Loading …'}
      </p>
      {explanation && <Details explanation={explanation} taskLink={taskLink} />}
    </WhySection>
  );
}

interface DetailsProps extends Pick<ExplanationPanelProps, 'taskLink'> {
  readonly explanation: Explanation;
}

function Details({ explanation, taskLink }: DetailsProps) {
  if ('reservation_sid' in explanation)
    return <WorkerReasons title="Workers at that time" workers={explanation.workers} />;
  return (
    <>
      <ReasonCodes explanation={explanation} />
      {'tasks' in explanation ? (
        <WorkerExplanationDetails explanation={explanation} taskLink={taskLink} />
      ) : (
        <TaskExplanationDetails explanation={explanation} />
      )}
    </>
  );
}

/** The codes for programs and the documentation, and the reasons that the summary leaves out. */
function ReasonCodes({ explanation }: { readonly explanation: PresentExplanation }) {
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
