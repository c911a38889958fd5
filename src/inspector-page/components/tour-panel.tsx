import { ClockTime } from '../../../assets/design/components/clock-time';
import { CopyButton } from '../../../assets/design/components/copy-button';
import type { Entry, ServiceState } from '../data/entries';
import type { InspectorSession } from '../data/inspector-session';
import { nextTask, type Tour, type TourStep, tourSteps } from '../data/tour';
import { instructionFor, tourTitles } from '../data/tour-instructions';

interface TourPanelProps {
  readonly tour: Tour;
  readonly service: ServiceState | null;
  readonly entries: readonly Entry[];
  readonly session: InspectorSession;
  show(id: number): void;
}

/** The tutorial, step by step: completed steps and what to do next. */
export function TourPanel(props: TourPanelProps) {
  const { tour, service } = props;
  const done = tourSteps.filter((step) => tour.reached[step] !== undefined).length;
  return (
    <details class="tour" open>
      <summary>
        Tour of the lifecycle{' '}
        <span class="faint">
          {done} of {tourSteps.length}
        </span>
      </summary>
      <ol>
        {tourSteps.map((step) => (
          <TourItem key={step} step={step} {...props} />
        ))}
      </ol>
      <div class="next-step" role="status">
        {service && <NextStep {...props} service={service} />}
      </div>
    </details>
  );
}

function TourItem({ step, tour, entries, show }: TourPanelProps & { readonly step: TourStep }) {
  const at = tour.reached[step];
  const callback = step === 'reserved' && at !== undefined ? assignmentCallback(entries, tour) : undefined;
  return (
    <li
      class={at ? 'done' : undefined}
      data-step={step}
      data-done={at !== undefined}
      aria-current={nextTask(tour) === step ? 'step' : undefined}
    >
      <span>{tourTitles[step]}</span>
      <span class="faint">
        {at && (
          <>
            <span class="visually-hidden">completed at</span> <ClockTime iso={at} />
          </>
        )}{' '}
        {callback && (
          <button type="button" class="plain" onClick={() => show(callback.id)}>
            Show callback
          </button>
        )}
      </span>
    </li>
  );
}

function NextStep({ tour, session, service }: TourPanelProps & { readonly service: ServiceState }) {
  const step = nextTask(tour);
  const { sentence, text } = step ? instructionFor(step, tour, service) : finished;
  return (
    <>
      <p>{sentence}</p>
      {text && (
        <p class="command">
          <code>{text}</code> <CopyButton label="Copy" description="the command" text={() => text} />
        </p>
      )}
      {tour.taskSid !== null && (
        <button type="button" class="plain restart-tour" onClick={() => session.restartTour()}>
          Start over with a new task
        </button>
      )}
    </>
  );
}

const finished = {
  sentence: 'The lifecycle is complete. Select an entry of the list to see its details.',
  text: '',
};

/** The assignment callback of the tour’s reservation. */
function assignmentCallback(entries: readonly Entry[], { taskSid }: Tour): Entry | undefined {
  return entries.findLast(
    (entry) =>
      entry.type === 'callback' &&
      entry.kind === 'assignment' &&
      entry.task_sid === taskSid &&
      entry.replay_of === null,
  );
}
