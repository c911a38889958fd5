import type { Connection } from '../lifecycle/lifecycle-session';
import { Closed } from './closed';
import { SignedOut } from './signed-out';

export interface ConnectionNoticeProps {
  readonly connection: Connection;
  readonly beginSignIn: () => void;
}

/** What stands in the place of the page until /lifecycle was read for the first time. */
export function ConnectionNotice({ connection, beginSignIn }: ConnectionNoticeProps) {
  return (
    <div class="nothing-read" role="status">
      <What connection={connection} beginSignIn={beginSignIn} />
    </div>
  );
}

function What({ connection, beginSignIn }: ConnectionNoticeProps) {
  switch (connection.state) {
    case 'signed-out':
      return <SignedOut beginSignIn={beginSignIn} />;
    case 'closed':
      return <Closed message={connection.message} />;
    case 'failing':
      return (
        <>
          <h2>The Functions do not answer</h2>
          <p>
            {connection.message} Trying again in {Math.round(connection.retryInMs / 1000)} s.
          </p>
        </>
      );
    default:
      return <p class="faint">Asking the Functions …</p>;
  }
}
