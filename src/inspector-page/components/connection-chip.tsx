import type { Connection } from '../data/live-stream';

/** How the page is connected, in words. */
export function ConnectionChip({ connection }: { readonly connection: Connection }) {
  return (
    <span class="chip connection" data-connection={connection.state} role="status">
      {words(connection)}
      {connection.state === 'signed-out' && (
        <button type="button" class="plain" onClick={() => location.reload()}>
          Reload to sign in
        </button>
      )}
    </span>
  );
}

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
