import { CopyButton } from '../design/components/copy-button';
import { asCurl, asSdkCall, type FunctionCall } from '../lifecycle/calls-as-code';

export interface LabelledCall extends FunctionCall {
  readonly label: string;
}

/** What buttons do, to take along: for a shell, and for a program with the official client. No password is in it. */
export function CodeOfCalls({ calls }: { readonly calls: readonly LabelledCall[] }) {
  return (
    <ul class="code-of-calls">
      {calls.map((call) => (
        <li key={`${call.label} ${call.name}`} class="row">
          <span>{call.label}</span>
          <CopyCall call={call} />
        </li>
      ))}
    </ul>
  );
}

export function CopyCall({ call }: { readonly call: LabelledCall }) {
  return (
    <span class="copy-call" title="To the clipboard, without a password">
      <CopyButton
        label="curl"
        spoken={`for ${call.label}, copy`}
        text={() => asCurl(location.origin, call)}
      />
      <CopyButton label="SDK call" spoken={`for ${call.label}, copy`} text={() => asSdkCall(call)} />
    </span>
  );
}
