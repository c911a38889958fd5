import type { Tone } from '../../../assets/design/components/badge';
import type { Connection } from '../data/live-stream';

/** The state of the connection to the service. */
export function ConnectionStatus({ connection }: { readonly connection: Connection }) {
  return (
    <span
      class="indicator"
      data-tone={tones[connection.state]}
      data-connection={connection.state}
      role="status"
    >
      {textOf(connection)}
      {connection.state === 'signed-out' && (
        <button type="button" class="plain" onClick={() => location.reload()}>
          Reload to sign in
        </button>
      )}
    </span>
  );
}

const tones: Readonly<Record<Connection['state'], Tone>> = {
  live: 'ok',
  connecting: 'waiting',
  lost: 'error',
  'signed-out': 'error',
};

function textOf(connection: Connection): string {
  switch (connection.state) {
    case 'live':
      return 'Live';
    case 'connecting':
      return 'Connecting …';
    case 'lost':
      return `Unreachable. Retrying in ${Math.round(connection.retryInMs / 1000)} s`;
    case 'signed-out':
      return 'Signed out.';
  }
}
