import { CopyButton } from '../design/components/copy-button';
import { asCurl, asSdkCode, type FunctionRequest } from '../lifecycle/request-as-code';

export interface LabeledRequest extends FunctionRequest {
  readonly label: string;
}

/** What buttons do, to take along: for a shell, and for a program with the official client. No password is in it. */
export function CopyAsCodeList({ calls }: { readonly calls: readonly LabeledRequest[] }) {
  return (
    <ul class="code-of-calls">
      {calls.map((call) => (
        <li key={`${call.label} ${call.name}`} class="row">
          <span>{call.label}</span>
          <CopyAsCode call={call} />
        </li>
      ))}
    </ul>
  );
}

export function CopyAsCode({ call }: { readonly call: LabeledRequest }) {
  return (
    <span class="copy-call" title="To the clipboard, without a password">
      <CopyButton
        label="curl"
        spoken={`for ${call.label}, copy`}
        text={() => asCurl(location.origin, call)}
      />
      <CopyButton label="SDK call" spoken={`for ${call.label}, copy`} text={() => asSdkCode(call)} />
    </span>
  );
}
