import { useEffect, useState } from 'preact/hooks';
import type { LifecycleSession, SessionState } from '../lifecycle/lifecycle-session';
import { ConnectionNotice } from './connection-notice';
import { CreateTaskForm } from './create-task-form';
import { EventList } from './event-list';
import { FunctionResponses } from './function-responses';
import { LifecycleDiagram } from './lifecycle-diagram';
import { QueueList } from './queue-list';
import { StatusBar } from './status-bar';
import { TaskList } from './task-list';
import { WorkerList } from './worker-list';

export function LifecyclePage({ session }: { readonly session: LifecycleSession }) {
  const state = useSession(session);
  const { connection, lifecycle } = state;
  return (
    <>
      <header class="top-bar">
        <div class="title">
          <h1>Task lifecycle</h1>
          {lifecycle?.inspector_url && (
            <a href={lifecycle.inspector_url} target="_blank" rel="noreferrer">
              Inspector
            </a>
          )}
        </div>
        <p class="faint">From created to completed, each step a Function.</p>
        {lifecycle && <p class="build faint">build {lifecycle.build}</p>}
      </header>
      <main>
        {lifecycle ? (
          <Panels session={session} state={{ ...state, lifecycle }} />
        ) : (
          <ConnectionNotice connection={connection} beginSignIn={session.beginSignIn} />
        )}
      </main>
      <p class="spoken" aria-live="polite">
        {state.announcement}
      </p>
      {lifecycle && (
        <StatusBar
          connection={connection}
          lastAnswer={state.responses[0]}
          beginSignIn={session.beginSignIn}
        />
      )}
    </>
  );
}

interface PanelsProps {
  readonly session: LifecycleSession;
  readonly state: SessionState & { readonly lifecycle: NonNullable<SessionState['lifecycle']> };
}

function Panels({ session: { runAction: act, watchTask: lookInto }, state }: PanelsProps) {
  const { lifecycle, timelines, histories, responses: answers } = state;
  return (
    <>
      <LifecycleDiagram lifecycle={lifecycle} />
      <div class="columns">
        <div class="column">
          <CreateTaskForm act={act} />
          <WorkerList lifecycle={lifecycle} act={act} />
        </div>
        <TaskList lifecycle={lifecycle} timelines={timelines} act={act} lookInto={lookInto} />
        <div class="column">
          <QueueList lifecycle={lifecycle} histories={histories} />
          <FunctionResponses answers={answers} />
          <EventList events={lifecycle.events} />
        </div>
      </div>
    </>
  );
}

function useSession(session: LifecycleSession): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => session.subscribe(() => setState(session.state)), [session]);
  return state;
}
