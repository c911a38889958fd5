import type { InspectorSession, SessionState } from '../data/inspector-session';
import { ClockControls } from './clock-controls';
import { ConnectionStatus } from './connection-status';
import { ResetButton } from './reset-button';
import { StateSummary } from './state-summary';

export interface TopBarProps {
  readonly session: InspectorSession;
  readonly state: SessionState;
}

/** What this is, how it is connected, what there is, and what can be done to all of it. */
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
      <div class="orders">
        {service?.clock.mode === 'virtual' && <ClockControls clock={service.clock} calls={session.client} />}
        {service?.can_reset && <ResetButton calls={session.client} />}
      </div>
    </header>
  );
}
