/** The Functions that change something. */
export type ActionName =
  | 'create-task'
  | 'accept-reservation'
  | 'reject-reservation'
  | 'wrap-up-task'
  | 'complete-task'
  | 'cancel-task'
  | 'set-worker-activity';

export type FunctionName = ActionName | 'lifecycle' | 'worker-token';

export type Parameters = Readonly<Record<string, string>>;

/** The response of a Function. */
export interface FunctionResponse<Name extends FunctionName = FunctionName> {
  readonly name: Name;
  readonly parameters: Parameters;
  /** Counts the requests of this page. */
  readonly number: number;
  /** The HTTP status; 0 if there was no response. */
  readonly status: number;
  /** The body as text, or why there is none. */
  readonly text: string;
  /** The parsed body; undefined if it is not JSON. */
  readonly body: unknown;
  /** From `Retry-After`, in ms. */
  readonly retryAfterMs?: number | undefined;
  readonly durationMs: number;
  /** When the response arrived, in ms since 1970. */
  readonly at: number;
}

/** Whether the Functions have no password and reject every request. */
export function isClosed({ status, body }: FunctionResponse): boolean {
  return (
    status === 500 && (body as { code?: unknown } | null | undefined)?.code === 'operator_not_configured'
  );
}

/** Invokes a Function of this site. It never rejects: without a response the status is 0. */
export type InvokeFunction = (
  name: FunctionName,
  parameters?: Parameters,
  signal?: AbortSignal,
) => Promise<FunctionResponse>;

/**
 * Our choice: the platform ends a Function after 10 s, so a later response will not come. There is no limit before the
 * first response: the browser may be asking for the password, and a timeout would close its dialog.
 */
const timeoutMs = 15_000;

/**
 * Invokes the Functions at this origin: `lifecycle` by GET with a query, the others by POST with a form.
 * @param origin without credentials, which the page's own address may contain and fetch() rejects
 */
export function functionClient(origin: string): InvokeFunction {
  let requests = 0;
  let signedIn = false;
  return async (name, parameters, signal) => {
    requests += 1;
    const number = requests;
    const timeout = signedIn ? [AbortSignal.timeout(timeoutMs)] : [];
    const signals = AbortSignal.any([...timeout, ...(signal ? [signal] : [])]);
    const started = performance.now();
    const response = await send(urlOf(origin, name, parameters), requestOf(name, parameters, signals));
    signedIn ||= response.status !== 0 && response.status !== 401;
    const durationMs = Math.round(performance.now() - started);
    return { name, parameters: parameters ?? {}, number, ...response, durationMs, at: Date.now() };
  };
}

function urlOf(origin: string, name: FunctionName, parameters: Parameters | undefined): string {
  const query = name === 'lifecycle' && parameters ? `?${new URLSearchParams(parameters)}` : '';
  return `${origin}/${name}${query}`;
}

function requestOf(name: FunctionName, parameters: Parameters | undefined, signal: AbortSignal): RequestInit {
  const common = { headers: { Accept: 'application/json' }, signal };
  if (name === 'lifecycle') return common;
  return { ...common, method: 'POST', body: new URLSearchParams(parameters) };
}

async function send(url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    const retryAfterMs = retryAfter(response.headers.get('Retry-After'));
    return { status: response.status, text, body: parsed(text), retryAfterMs };
  } catch (error) {
    return { status: 0, text: failureText(error), body: undefined };
  }
}

function failureText(error: unknown): string {
  const isTimeout = (error as Partial<Error> | undefined)?.name === 'TimeoutError';
  return isTimeout ? `No response within ${timeoutMs / 1000} s.` : 'The Functions cannot be reached.';
}

/** Only the form in seconds. For a date, the client's own delay applies. */
function retryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
