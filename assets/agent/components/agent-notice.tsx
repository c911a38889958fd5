import { ConnectionNotice } from '../../components/connection-notice';
import type { AgentConnection } from '../agent-connection';

/** Shown instead of the page until there is a worker. The page continues by itself when its tab is shown again. */
export function AgentNotice({ connection }: { readonly connection: AgentConnection }) {
  switch (connection.state) {
    case 'signed-out':
    case 'closed':
      return <ConnectionNotice connection={connection} beginSignIn={() => undefined} />;
    case 'refused':
      return (
        <div class="connection-notice" role="alert">
          <h2>This worker cannot be connected</h2>
          <p>{connection.message}</p>
          <p>
            <a href="/agent.html">Choose a worker</a>
          </p>
        </div>
      );
    case 'lost':
      return (
        <div class="connection-notice" role="alert">
          <h2>TaskRouter does not respond</h2>
          <p>{connection.message}</p>
        </div>
      );
    default:
      return (
        <div class="connection-notice" role="status">
          <p class="faint">Connecting to TaskRouter …</p>
        </div>
      );
  }
}
