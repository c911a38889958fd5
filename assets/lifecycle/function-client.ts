export type FunctionName =
  | 'lifecycle'
  | 'create-task'
  | 'accept-reservation'
  | 'reject-reservation'
  | 'wrap-up-task'
  | 'complete-task'
  | 'cancel-task'
  | 'set-worker-activity';

export type Parameters = Readonly<Record<string, string>>;

/** What a Function answered, as it came. */
export interface FunctionResponse {
  readonly name: FunctionName;
  readonly parameters: Parameters;
  /** Counts the calls of this page. */
  readonly number: number;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The body as text, or why there was none. */
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown;
  /** From `Retry-After`, in ms. */
  readonly retryAfterMs?: number | undefined;
  readonly durationMs: number;
  /** When it came, in ms since 1970. */
  readonly at: number;
}

/** A Function of this site. It always answers, if only with status 0. */
export type InvokeFunction = (
  name: FunctionName,
  parameters?: Parameters,
  signal?: AbortSignal,
) => Promise<FunctionResponse>;

/**
 * Our choice: the platform ends a Function after 10 s, so that what takes longer is lost on the way. Before the first
 * answer there is no limit: the browser may be asking for the password, and would stop asking.
 */
const timeoutMs = 15_000;

/**
 * Calls the Functions at this origin: `lifecycle` by GET with a query, the others by POST with a form.
 * @param origin without credentials, which the page's own address may hold and fetch() refuses
 */
export function functionClient(origin: string): InvokeFunction {
  let calls = 0;
  let signedIn = false;
  return async (name, parameters, signal) => {
    calls += 1;
    const number = calls;
    const limit = signedIn ? [AbortSignal.timeout(timeoutMs)] : [];
    const signals = AbortSignal.any([...limit, ...(signal ? [signal] : [])]);
    const started = Date.now();
    const came = await answerOf(address(origin, name, parameters), request(name, parameters, signals));
    signedIn ||= came.status !== 0 && came.status !== 401;
    const at = Date.now();
    return { name, parameters: parameters ?? {}, number, ...came, durationMs: at - started, at };
  };
}

function address(origin: string, name: FunctionName, parameters: Parameters | undefined): string {
  const query = name === 'lifecycle' && parameters ? `?${new URLSearchParams(parameters)}` : '';
  return `${origin}/${name}${query}`;
}

function request(name: FunctionName, parameters: Parameters | undefined, signal: AbortSignal): RequestInit {
  const common = { headers: { Accept: 'application/json' }, signal };
  if (name === 'lifecycle') return common;
  return { ...common, method: 'POST', body: new URLSearchParams(parameters) };
}

async function answerOf(url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    const retryAfterMs = retryAfter(response.headers.get('Retry-After'));
    return { status: response.status, text, body: parsed(text), retryAfterMs };
  } catch (error) {
    return { status: 0, text: noAnswer(error), body: undefined };
  }
}

function noAnswer(error: unknown): string {
  const isTimeout = (error as Partial<Error> | undefined)?.name === 'TimeoutError';
  return isTimeout ? `No answer within ${timeoutMs / 1000} s.` : 'The Functions cannot be reached.';
}

/** Seconds; the other form, a date, is left to our own pause. */
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
