/**
 * The browser asks for the password itself. Whether it does so for what a page asks in the background differs between
 * browsers; for a page that is opened, each does: `/lifecycle` only reads, and may be opened from anywhere.
 */
export function SignedOut({ beginSignIn }: { readonly beginSignIn: () => void }) {
  return (
    <>
      <h2>The Functions want you to sign in</h2>
      <p>
        Open <code>/lifecycle</code> with the operator’s name and password, then come back to this tab: it
        goes on by itself.
      </p>
      <p class="faint">
        They are the <code>OPERATOR_USERNAME</code> and <code>OPERATOR_PASSWORD</code> of the Functions’
        environment.
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
