/** What the service responds to a call of the worker SDK. */
export interface CallResponse {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the test is about
  readonly body: any;
}

interface BridgeCall {
  readonly url: string;
  readonly method?: string;
  readonly params?: object;
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a call as the SDK does, without the SDK. */
export function bridgeCall(
  serviceUrl: string,
  { url, method = 'GET', params = {}, token, headers = {} }: BridgeCall,
): Promise<CallResponse> {
  return postToBridge(serviceUrl, JSON.stringify({ url, method, params, token }), headers);
}

/** Sends any body. */
export async function postToBridge(
  serviceUrl: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<CallResponse> {
  const response = await fetch(`${serviceUrl}/v1/wschannels`, {
    method: 'POST',
    body,
    headers: { apiVersion: 'v1', clientVersion: '2.1.1', ...headers },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
