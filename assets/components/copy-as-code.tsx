import { CopyButton } from '../design/components/copy-button';
import { asCurl, asSdkCode, type FunctionRequest } from '../lifecycle/request-as-code';

export interface LabeledRequest extends FunctionRequest {
  readonly label: string;
}

/** What several buttons do, as code to copy. */
export function CopyAsCodeList({ requests }: { readonly requests: readonly LabeledRequest[] }) {
  return (
    <ul class="copy-as-list">
      {requests.map((request) => (
        <li key={`${request.label} ${request.name}`} class="row">
          <span>{request.label}</span>
          <CopyAsCode request={request} />
        </li>
      ))}
    </ul>
  );
}

/** Copies a request as a curl command or as code for Twilio’s SDK, without a password. */
export function CopyAsCode({ request }: { readonly request: LabeledRequest }) {
  const description = `for ${request.label}, copy`;
  return (
    <span class="copy-as-buttons" title="Copy without the password">
      <CopyButton label="curl" description={description} text={() => asCurl(location.origin, request)} />
      <CopyButton label="SDK" description={description} text={() => asSdkCode(request)} />
    </span>
  );
}
