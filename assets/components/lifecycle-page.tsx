import type { CallerPhone } from '../calls/caller-phone';
import { useStore } from '../design/components/use-store';
import { reachableUrl } from '../design/reachable-url';
import type { LifecycleResponse } from '../lifecycle/lifecycle-response';
import type { LifecycleSession, SessionState } from '../lifecycle/lifecycle-session';
import { ConnectionNotice } from './connection-notice';
import { CreateTaskForm } from './create-task-form';
import { EventList } from './event-list';
import { FunctionResponses } from './function-responses';
import { LifecycleDiagram } from './lifecycle-diagram';
import { PhonePanel } from './phone-panel';
import { QueueList } from './queue-list';
import { StatusBar } from './status-bar';
import { TaskList } from './task-list';
import { WorkerList } from './worker-list';

interface LifecyclePageProps {
  readonly session: LifecycleSession;
  readonly phone: CallerPhone;
  /** The time of TaskRouter's clock, in ms since 1970. */
  readonly now: () => number;
}

export function LifecyclePage({ session, phone, now }: LifecyclePageProps) {
  const state = useStore(session);
  const { connection, lifecycle } = state;
  return (
    <>
      <header class="top-bar">
        <div class="title">
          <h1>Task lifecycle</h1>
          {lifecycle?.inspector_url && (
            <a href={reachableUrl(lifecycle.inspector_url, location.href)} target="_blank" rel="noreferrer">
              Inspector
            </a>
          )}
        </div>
        <p class="faint">From created to completed. Each step is a Function.</p>
        {lifecycle && <p class="build faint">build {lifecycle.build}</p>}
      </header>
      <main>
        {lifecycle ? (
          <Panels session={session} state={state} lifecycle={lifecycle} phone={phone} now={now} />
        ) : (
          <ConnectionNotice connection={connection} beginSignIn={session.beginSignIn} />
        )}
      </main>
      <p class="visually-hidden" aria-live="polite">
        {state.announcement}
      </p>
      {lifecycle && (
        <StatusBar
          connection={connection}
          lastResponse={state.responses[0]}
          beginSignIn={session.beginSignIn}
        />
      )}
    </>
  );
}

interface PanelsProps extends LifecyclePageProps {
  readonly state: SessionState;
  readonly lifecycle: LifecycleResponse;
}

function Panels({ session, state, lifecycle, phone, now }: PanelsProps) {
  const { runAction, watchTask, watchExplanation } = session;
  const { timelines, explanations, histories, responses, presets } = state;
  const why = { canExplain: lifecycle.inspector_url !== null, explanations, watchExplanation };
  return (
    <>
      {lifecycle.configuration_errors.map((error) => (
        <p key={error} class="notice is-error" role="alert">
          {error} Until then the assignment callback responds {'{}'}.
        </p>
      ))}
      {lifecycle.workspace_warnings.map((warning) => (
        <p key={warning} class="notice" role="status">
          {warning}
        </p>
      ))}
      <LifecycleDiagram lifecycle={lifecycle} />
      <div class="columns">
        <div class="column">
          <CreateTaskForm presets={presets} runAction={runAction} />
          <PhonePanel phone={phone} now={now} />
          <WorkerList lifecycle={lifecycle} runAction={runAction} {...why} />
        </div>
        <TaskList
          lifecycle={lifecycle}
          timelines={timelines}
          runAction={runAction}
          watchTask={watchTask}
          {...why}
        />
        <div class="column">
          <QueueList lifecycle={lifecycle} histories={histories} />
          <FunctionResponses responses={responses} />
          <EventList events={lifecycle.events} />
        </div>
      </div>
    </>
  );
}
