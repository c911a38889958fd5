import type { Light } from '../../../assets/design/components/badge';
import type { Connection } from '../data/live-stream';

/** How the page is connected, in words. */
export function ConnectionStatus({ connection }: { readonly connection: Connection }) {
  return (
    <span class="lamp" data-light={lights[connection.state]} data-connection={connection.state} role="status">
      {words(connection)}
      {connection.state === 'signed-out' && (
        <button type="button" class="plain" onClick={() => location.reload()}>
          Reload to sign in
        </button>
      )}
    </span>
  );
}

const lights: Readonly<Record<Connection['state'], Light>> = {
  live: 'live',
  connecting: 'waits',
  lost: 'wrong',
  'signed-out': 'wrong',
};

function words(connection: Connection): string {
  switch (connection.state) {
    case 'live':
      return 'Live';
    case 'connecting':
      return 'Connecting …';
    case 'lost':
      return `Not reachable. Trying again in ${Math.round(connection.retryInMs / 1000)} s`;
    case 'signed-out':
      return 'Signed out.';
  }
}
