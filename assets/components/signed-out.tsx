/** The browser asks for the password itself, but once only: after a refusal it has to be started again. */
export function SignedOut() {
  return (
    <p>
      The Functions want you to sign in: reload and enter the operator’s name and password.{' '}
      <button type="button" onClick={() => location.reload()}>
        Reload
      </button>
    </p>
  );
}
