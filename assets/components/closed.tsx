/** Nobody can sign in while there is no password: what to do about that, and why it is so. */
export function Closed({ message }: { readonly message: string }) {
  return (
    <>
      <h2>No password is set</h2>
      <p>{message}</p>
      <p class="faint">
        These Functions can be called by anyone who knows their address, so they let nobody in until they have
        a password. Deployed, set both in the file of the deployment’s variables and deploy again; here, in{' '}
        <code>.env</code>. This page goes on by itself once they are set.
      </p>
    </>
  );
}
