import type { ComponentChildren } from 'preact';
import type { Connection } from '../lifecycle/lifecycle-session';

interface ConnectionNoticeProps {
  readonly connection: Connection;
  readonly beginSignIn: () => void;
}

/** Shown instead of the page until /lifecycle has been read once. */
export function ConnectionNotice(props: ConnectionNoticeProps) {
  return (
    <div class="connection-notice" role="status">
      {contentOf(props)}
    </div>
  );
}

function contentOf({ connection, beginSignIn }: ConnectionNoticeProps): ComponentChildren {
  switch (connection.state) {
    case 'signed-out':
      return <SignedOut beginSignIn={beginSignIn} />;
    case 'closed':
      return <Closed message={connection.message} />;
    case 'failing':
      return (
        <>
          <h2>The Functions do not respond</h2>
          <p>
            {connection.message} Retrying in {Math.round(connection.retryInMs / 1000)} s.
          </p>
        </>
      );
    default:
      return <p class="faint">Connecting to the Functions …</p>;
  }
}

/**
 * The browser itself asks for the password. Not every browser does so for background requests, but all do for a page
 * that is opened. `/lifecycle` is read-only and may be opened from anywhere.
 */
function SignedOut({ beginSignIn }: { readonly beginSignIn: () => void }) {
  return (
    <>
      <h2>Sign in to the Functions</h2>
      <p>
        Open <code>/lifecycle</code> with the operator’s username and password, then return to this tab. The
        page continues automatically.
      </p>
      <p class="faint">
        They are the variables <code>OPERATOR_USERNAME</code> and <code>OPERATOR_PASSWORD</code> of the
        Functions.
      </p>
      <p class="actions">
        <a class="button primary" href="/lifecycle" target="_blank" rel="noopener" onClick={beginSignIn}>
          Sign in
        </a>
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </>
  );
}

/** Nobody can sign in until a password is set. */
function Closed({ message }: { readonly message: string }) {
  return (
    <>
      <h2>No password is set</h2>
      <p>{message}</p>
      <p class="faint">
        Anyone who knows their address can call these Functions, so they reject every request until they have
        a password. For a deployment, set both variables in <code>.env.deploy</code> and deploy again. On this
        computer, set them in <code>.env</code>. The page continues automatically.
      </p>
    </>
  );
}
