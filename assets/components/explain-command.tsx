import { CopyButton } from '../design/components/copy-button';

/** Without a local TaskRouter, how to get the explanation of a task or worker from the data of the account. */
export function ExplainCommand({ sid }: { readonly sid: string }) {
  const subject = sid.startsWith('WK') ? `--worker ${sid}` : sid;
  const command = `npx taskrouter explain ${subject} --target twilio`;
  return (
    <>
      <p>
        TaskRouter on Twilio does not tell how it decides. In the project, this command works it out from your
        account:
      </p>
      <p class="row">
        <code>{command}</code>
        <CopyButton label="Copy" description="the command" text={() => command} />
      </p>
    </>
  );
}
