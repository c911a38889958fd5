import type { InspectorSession, SessionState } from '../data/inspector-session';
import { ClockControls } from './clock-controls';
import { ConnectionStatus } from './connection-status';
import { ResetButton } from './reset-button';
import { StateSummary } from './state-summary';

interface TopBarProps {
  readonly session: InspectorSession;
  readonly state: SessionState;
}

/** The title, the connection, the state of the service, and its controls. */
export function TopBar({ session, state }: TopBarProps) {
  const { connection, service } = state;
  const functionsUrl = service?.functions_url;
  return (
    <header class="top-bar">
      <div class="title">
        <h1>TaskRouter inspector</h1>
        <ConnectionStatus connection={connection} />
        {functionsUrl && (
          <a href={`${functionsUrl}/`} target="_blank" rel="noreferrer">
            Lifecycle page
          </a>
        )}
      </div>
      <StateSummary service={service} />
      <div class="controls">
        {service?.clock.mode === 'virtual' && <ClockControls clock={service.clock} client={session.client} />}
        {service?.can_reset && <ResetButton client={session.client} />}
      </div>
    </header>
  );
}
