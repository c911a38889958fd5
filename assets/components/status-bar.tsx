import { answerLine, isSuccess } from '../lifecycle/answer-words';
import type { FunctionAnswer } from '../lifecycle/call-function';
import type { Connection } from '../lifecycle/lifecycle-session';
import { SignedOut } from './signed-out';

export interface StatusBarProps {
  readonly connection: Connection;
  readonly lastAnswer: FunctionAnswer | undefined;
}

/** Always at the lower edge, so that no news moves the page: how the connection is, and what was answered last. */
export function StatusBar({ connection, lastAnswer }: StatusBarProps) {
  const outcome = lastAnswer && (isSuccess(lastAnswer) ? 'line' : 'line wrong');
  return (
    <footer class="status-bar" data-connection={connection.state}>
      <div class="connection" role="status">
        <ConnectionWords connection={connection} />
      </div>
      <p class={outcome ?? 'line faint'} role="status">
        {lastAnswer ? answerLine(lastAnswer) : 'Nothing sent yet.'}
      </p>
    </footer>
  );
}

function ConnectionWords({ connection }: { readonly connection: Connection }) {
  if (connection.state === 'signed-out') return <SignedOut />;
  if (connection.state !== 'failing')
    return <span>{connection.state === 'live' ? 'Live' : 'Connecting'}</span>;
  return (
    <span>
      {connection.message} Trying again in {Math.round(connection.retryInMs / 1000)} s.
    </span>
  );
}
