import { useEffect, useState } from 'preact/hooks';
import type { LifecycleSession, SessionState } from '../lifecycle/lifecycle-session';
import { AnswerList } from './answer-list';
import { CreateTaskForm } from './create-task-form';
import { EventList } from './event-list';
import { NothingRead } from './nothing-read';
import { StageStrip } from './stage-strip';
import { StatusBar } from './status-bar';
import { TaskList } from './task-list';
import { WorkerList } from './worker-list';

export function LifecyclePage({ session }: { readonly session: LifecycleSession }) {
  const state = useSession(session);
  const { lifecycle, connection, answers, news } = state;
  if (!lifecycle) return <NothingRead connection={connection} />;
  return (
    <>
      <StageStrip lifecycle={lifecycle} />
      <div class="columns">
        <div class="column">
          <WorkerList lifecycle={lifecycle} act={session.act} />
          <CreateTaskForm act={session.act} />
        </div>
        <TaskList lifecycle={lifecycle} act={session.act} />
        <div class="column">
          <AnswerList answers={answers} />
          <EventList events={lifecycle.events} />
        </div>
      </div>
      <p class="build">Functions build {lifecycle.build}</p>
      <p class="spoken" aria-live="polite">
        {news}
      </p>
      <StatusBar connection={connection} lastAnswer={answers[0]} />
    </>
  );
}

function useSession(session: LifecycleSession): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => session.subscribe(() => setState(session.state)), [session]);
  return state;
}
