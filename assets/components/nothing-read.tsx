import type { Connection } from '../lifecycle/lifecycle-session';
import { SignedOut } from './signed-out';

/** What stands in the place of the page until /lifecycle was read for the first time. */
export function NothingRead({ connection }: { readonly connection: Connection }) {
  return (
    <div class="nothing-read" role="status">
      {connection.state === 'signed-out' && <SignedOut />}
      {connection.state === 'failing' && (
        <p>
          {connection.message} Trying again in {Math.round(connection.retryInMs / 1000)} s.
        </p>
      )}
      {(connection.state === 'connecting' || connection.state === 'live') && <p>Asking the Functions …</p>}
    </div>
  );
}
