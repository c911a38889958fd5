import type { Entry, ServiceState } from '../data/entries';
import type { InspectorSession } from '../data/inspector-session';
import { nextTask, type Tour, type TourStep, tourSteps } from '../data/tour';
import { adviceFor, tourTitles } from '../data/tour-words';
import { ClockTime } from './clock-time';
import { CopyButton } from './copy-button';

export interface TourPanelProps {
  readonly tour: Tour;
  readonly service: ServiceState | null;
  readonly entries: readonly Entry[];
  readonly session: InspectorSession;
  show(id: number): void;
}

/** The tutorial, step by step: what has happened is ticked, and what to do next is said. */
export function TourPanel(props: TourPanelProps) {
  const { tour, session } = props;
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
      {nextTask(tour) === undefined && (
        <p role="status">That was the whole lifecycle. Choose an entry below to see what was said.</p>
      )}
      {done > 0 && (
        <button type="button" onClick={() => session.startTourAfresh()}>
          Start over with a new task
        </button>
      )}
    </details>
  );
}

function TourItem({ step, tour, service, entries, show }: TourPanelProps & { readonly step: TourStep }) {
  const at = tour.reached[step];
  const isNext = nextTask(tour) === step;
  const callback = step === 'reserved' && at !== undefined ? assignmentCallback(entries, tour) : undefined;
  return (
    <li
      class={at ? 'done' : undefined}
      data-step={step}
      data-done={at !== undefined}
      aria-current={isNext ? 'step' : undefined}
    >
      <span class="tour-step">
        {tourTitles[step]}{' '}
        {at && (
          <span class="faint">
            <span class="spoken">done at</span> <ClockTime iso={at} />
          </span>
        )}
        {callback && (
          <button type="button" class="plain" onClick={() => show(callback.id)}>
            See the callback
          </button>
        )}
      </span>
      {isNext && service && <Advice tour={tour} functionsUrl={service.functions_url} />}
    </li>
  );
}

function Advice({ tour, functionsUrl }: { readonly tour: Tour; readonly functionsUrl: string | null }) {
  const step = nextTask(tour);
  if (!step) return null;
  const { sentence, text } = adviceFor(step, tour, functionsUrl);
  return (
    <div class="advice" role="status">
      <p>{sentence}</p>
      <p class="to-type">
        <code>{text}</code> <CopyButton label="Copy" text={text} />
      </p>
    </div>
  );
}

/** How the reservation was announced. */
function assignmentCallback(entries: readonly Entry[], { taskSid }: Tour): Entry | undefined {
  return entries.findLast(
    (entry) =>
      entry.type === 'callback' &&
      entry.kind === 'assignment' &&
      entry.task_sid === taskSid &&
      entry.replay_of === null,
  );
}
