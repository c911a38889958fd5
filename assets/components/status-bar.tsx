import type { FunctionResponse } from '../lifecycle/function-client';
import type { Connection } from '../lifecycle/lifecycle-session';
import { isSuccess, responseLine } from '../lifecycle/response-text';

export interface StatusBarProps {
  readonly connection: Connection;
  readonly lastAnswer: FunctionResponse | undefined;
  readonly beginSignIn: () => void;
}

/** Always at the lower edge, so that no news moves the page: how the connection is, and what was answered last. */
export function StatusBar({ connection, lastAnswer, beginSignIn }: StatusBarProps) {
  const outcome = lastAnswer && (isSuccess(lastAnswer) ? 'line' : 'line wrong');
  return (
    <footer class="status-bar" data-connection={connection.state}>
      <div class="connection lamp" role="status" data-light={lightOf(connection)}>
        <ConnectionWords connection={connection} beginSignIn={beginSignIn} />
      </div>
      <p class={outcome ?? 'line faint'} role="status">
        {lastAnswer ? responseLine(lastAnswer) : 'Nothing sent yet.'}
      </p>
    </footer>
  );
}

function lightOf({ state }: Connection): string {
  if (state === 'live') return 'live';
  return state === 'connecting' ? 'off' : 'wrong';
}

function ConnectionWords({ connection, beginSignIn }: Pick<StatusBarProps, 'connection' | 'beginSignIn'>) {
  switch (connection.state) {
    case 'signed-out':
      return (
        <span>
          Signed out.{' '}
          <a href="/lifecycle" target="_blank" rel="noopener" onClick={beginSignIn}>
            Sign in
          </a>
          , then come back.
        </span>
      );
    case 'closed':
      return <span>{connection.message}</span>;
    case 'failing':
      return (
        <span>
          {connection.message} Trying again in {Math.round(connection.retryInMs / 1000)} s.
        </span>
      );
    default:
      return <span>{connection.state === 'live' ? 'Live' : 'Connecting'}</span>;
  }
}
