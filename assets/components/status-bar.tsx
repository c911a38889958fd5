import type { Tone } from '../design/components/badge';
import type { FunctionResponse } from '../lifecycle/function-client';
import type { Connection } from '../lifecycle/lifecycle-session';
import { isSuccess, responseLine } from '../lifecycle/response-text';

interface StatusBarProps {
  readonly connection: Connection;
  readonly lastResponse: FunctionResponse | undefined;
  readonly beginSignIn: () => void;
}

/** The connection and the last response, fixed to the bottom edge so that updates do not move the page. */
export function StatusBar({ connection, lastResponse, beginSignIn }: StatusBarProps) {
  const kind = lastResponse && (isSuccess(lastResponse) ? '' : 'error-text');
  return (
    <footer class="status-bar" data-connection={connection.state}>
      <div class="indicator" role="status" data-tone={toneOf(connection)}>
        <ConnectionText connection={connection} beginSignIn={beginSignIn} />
      </div>
      <p class={`last-response ${kind ?? 'faint'}`} role="status">
        {lastResponse ? responseLine(lastResponse) : 'No requests yet.'}
      </p>
    </footer>
  );
}

function toneOf({ state }: Connection): Tone {
  if (state === 'live') return 'ok';
  return state === 'connecting' ? 'off' : 'error';
}

function ConnectionText({ connection, beginSignIn }: Pick<StatusBarProps, 'connection' | 'beginSignIn'>) {
  switch (connection.state) {
    case 'signed-out':
      return (
        <span>
          Signed out.{' '}
          <a href="/lifecycle" target="_blank" rel="noopener" onClick={beginSignIn}>
            Sign in
          </a>
          , then return to this tab.
        </span>
      );
    case 'closed':
      return <span>{connection.message}</span>;
    case 'failing':
      return (
        <span>
          {connection.message} Retrying in {Math.round(connection.retryInMs / 1000)} s.
        </span>
      );
    default:
      return <span>{connection.state === 'live' ? 'Live' : 'Connecting'}</span>;
  }
}
