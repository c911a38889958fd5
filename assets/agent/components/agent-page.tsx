import { useEffect } from 'preact/hooks';
import { useStore } from '../../design/components/use-store';
import type { AgentPhone } from '../agent-phone';
import type { AgentSession, AgentState } from '../agent-session';
import { pageTitle, waiting } from '../agent-view';
import { alertText, type BackgroundAlerts } from '../background-alerts';
import { AgentNotice } from './agent-notice';
import { ActivityPanel, Settings } from './agent-panel';
import { ReservationLists } from './reservation-lists';
import { WorkerChoice } from './worker-choice';

interface AgentPageProps {
  readonly session: AgentSession;
  readonly phone: AgentPhone;
  readonly alerts: BackgroundAlerts;
}

export function AgentPage({ session, phone, alerts }: AgentPageProps) {
  const state = useStore(session);
  const phoneState = useStore(phone);
  const alertState = useStore(alerts);
  const { agent, workers, reservations } = state;
  const title = pageTitle(agent?.name, alertState.isOn ? waiting(reservations, phoneState.calls) : 0);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <TopBar state={state} />
      <main>
        {workers && <WorkerChoice workers={workers} />}
        {!workers && !agent && <AgentNotice connection={state.connection} />}
        {agent && (
          <>
            {state.connection.state !== 'ready' && <Interruption state={state} />}
            <div class="desk">
              <ReservationLists
                phone={phone}
                calls={phoneState.calls}
                agent={agent}
                reservations={reservations}
                act={session.act}
                dismiss={session.dismiss}
              />
              <ActivityPanel
                agent={agent}
                activityError={state.activityError}
                setActivity={session.setActivity}
              />
              <Settings
                agent={agent}
                reservations={reservations}
                hasAlerts={alertState.isOn}
                alertText={alertText(alertState)}
                setAlerts={alerts.setOn}
              />
            </div>
          </>
        )}
      </main>
      <Announcements of={state} />
      <Announcements of={phoneState} />
    </>
  );
}

/** For screen readers. */
function Announcements({
  of: { urgentAnnouncement, announcement },
}: {
  readonly of: Pick<AgentState, 'urgentAnnouncement' | 'announcement'>;
}) {
  return (
    <>
      <p class="visually-hidden" aria-live="assertive">
        {urgentAnnouncement}
      </p>
      <p class="visually-hidden" aria-live="polite">
        {announcement}
      </p>
    </>
  );
}

function TopBar({ state: { agent, connection } }: { readonly state: AgentState }) {
  const isReady = connection.state === 'ready';
  return (
    <header class="top-bar">
      <div class="title">
        <h1>{agent?.name ?? 'Agent'}</h1>
        {agent && (
          <span class="indicator" data-tone={isReady ? 'ok' : 'error'}>
            {isReady ? 'connected' : 'not connected'}
          </span>
        )}
      </div>
      <nav class="title" aria-label="Pages">
        <a href="/">Lifecycle page</a>
        {agent && <a href="/agent.html">Other workers</a>}
      </nav>
    </header>
  );
}

/** Above what the page knew when the connection was lost. */
function Interruption({ state: { connection } }: { readonly state: AgentState }) {
  const text = 'message' in connection ? connection.message : 'You are signed out.';
  return (
    <p class="notice is-error">
      {text}{' '}
      {connection.state === 'signed-out' && (
        <a href="/lifecycle" target="_blank" rel="noopener">
          Sign in
        </a>
      )}
    </p>
  );
}
