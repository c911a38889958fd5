import type { Clock } from '../../../system/clock';
import { alerts, type CallbackAlert } from '../../webhooks/alerts';
import { realTime } from '../../webhooks/attempt-timer';
import type { AttemptsInProgress } from '../../webhooks/attempts-in-progress';
import { type Attempts, commonHeaders, sendWithRetries } from '../../webhooks/post';
import { signatureHeader, signatureOf } from '../../webhooks/signature';
import type { CallbackRequest, CallbackResponse, Transport, UrlRole } from '../../webhooks/transport';
import { wireUrl } from '../../webhooks/wire-url';
import { voiceAlerts } from '../calls/voice-alerts';
import { type Verb, verbsOf } from './twiml';

export type Method = 'GET' | 'POST';

/** A document to be fetched. */
export interface TwimlRequest {
  readonly url: string;
  readonly method: Method;
  /** In addition to those of the call. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly role?: UrlRole;
}

/** A document, and where it was, after any redirects. */
export interface TwimlDocument {
  readonly url: string;
  readonly method: Method;
  readonly verbs: readonly Verb[];
}

/** There is no TwiML at a URL. */
export class TwimlFailed extends Error {
  override readonly name = 'TwimlFailed';
  constructor(readonly alert: CallbackAlert) {
    super(alert.message);
  }
}

export interface TwimlClientOptions {
  readonly authToken: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly inProgress: AttemptsInProgress;
}

/** https://www.twilio.com/docs/voice/twiml: how long the response to a request for TwiML may take. */
const maxMs = 15_000;
/** https://www.twilio.com/docs/api/errors/11215 has no number. Our choice, as in most clients. */
const maxRedirects = 10;

/** What a request tells the call that needs it. */
export interface RequestProgress {
  /** Called with a line about each response. */
  log(text: string): void;
  /** Waits for a time of the clock: a virtual clock stands still while nobody responds, and what follows must not be early. */
  until(time: number): Promise<void>;
}

/** A response that is not a redirect, and the request that it answers. */
interface Final {
  readonly response: CallbackResponse;
  readonly url: string;
  readonly method: Method;
}

/** Fetches TwiML as Twilio does: signed, with retries as the URL's fragment says, following redirects. */
export class TwimlClient {
  private requests = 0;

  constructor(private readonly options: TwimlClientOptions) {}

  /**
   * @param parameters the call's and the request's
   * @throws TwimlFailed, DeliveryStopped
   */
  async fetch(
    request: TwimlRequest,
    parameters: Readonly<Record<string, string>>,
    progress: RequestProgress,
  ): Promise<TwimlDocument> {
    const { response, url, method } = await this.follow(request, parameters, progress);
    return { url, method, verbs: verbsIn(response) };
  }

  /** The response at the end of all redirects. @throws TwimlFailed, DeliveryStopped */
  async follow(
    request: TwimlRequest,
    parameters: Readonly<Record<string, string>>,
    progress: RequestProgress,
  ): Promise<Final> {
    let { url, method } = request;
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const response = await this.send({ ...request, url, method }, parameters, progress);
      const location = response.headers.location;
      if (response.status < 300 || response.status >= 400 || !location) return { response, url, method };
      url = resolved(location, url);
      // Our choice, as in browsers: only 307 and 308 keep the method. The parameters go along.
      if (response.status !== 307 && response.status !== 308) method = 'GET';
    }
    throw new TwimlFailed(voiceAlerts.tooManyRedirects(maxRedirects));
  }

  private async send(
    request: TwimlRequest,
    parameters: Readonly<Record<string, string>>,
    progress: RequestProgress,
  ): Promise<CallbackResponse> {
    this.requests += 1;
    const signed = signedTwimlRequest(request, parameters, this.options.authToken, `${this.requests}`);
    const attempts = await sendWithRetries({ ...this.options, timer: realTime }, signed, request.url, maxMs);
    const { response } = attempts.last.exchange;
    progress.log(`${request.method} ${shown(request.url)}: ${response?.status ?? failureOf(attempts)}`);
    if (attempts.timedOutAt !== null) await progress.until(attempts.timedOutAt);
    if (response) return response;
    const { kind, message } = attempts.last.exchange.failure ?? { kind: 'no_response', message: '' };
    throw new TwimlFailed(alerts.noResponse(kind, message));
  }
}

const failureOf = ({ last }: Attempts): string => last.exchange.failure?.message ?? 'no response';

/** A GET has its parameters in the URL, which is all that is signed then. */
function signedTwimlRequest(
  { url: configured, method, role = 'primary' }: TwimlRequest,
  parameters: Readonly<Record<string, string>>,
  authToken: string,
  subject: string,
): CallbackRequest {
  const withParameters = method === 'GET' ? withQuery(configured, parameters) : configured;
  const wire = wireUrl(withParameters);
  const url = wire?.href ?? withParameters;
  const signature = signatureOf(authToken, url, method === 'GET' ? {} : parameters);
  const headers = {
    ...(method === 'POST' && { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
    ...commonHeaders(`${parameters.CallSid}/${subject}/${role}`),
    [signatureHeader]: signature,
    ...(wire?.authorization ? { Authorization: wire.authorization } : {}),
  };
  return { kind: 'voice', role, method, url, headers, parameters };
}

function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const [, base = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  return `${base}${base.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}${fragment}`;
}

/** A URL in a document, which may be relative. @throws TwimlFailed if it is none */
export function resolved(url: string, base: string): string {
  if (!URL.canParse(url, base)) throw new TwimlFailed(voiceAlerts.invalidUrl(url));
  return new URL(url, base).href;
}

/** Without a password, and without connection overrides. */
function shown(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`;
}

/** @throws TwimlFailed */
function verbsIn({ status, headers, body }: CallbackResponse): readonly Verb[] {
  if (status < 200 || status >= 300) throw new TwimlFailed(alerts.badStatus(status, '200'));
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (!isXml(type.trim())) throw new TwimlFailed(voiceAlerts.contentType(type));
  try {
    return verbsOf(body);
  } catch (error) {
    throw new TwimlFailed(voiceAlerts.notTwiml(error instanceof Error ? error.message : String(error)));
  }
}

/** Source: https://www.twilio.com/docs/api/errors/12300. Twilio also takes text and sounds, which we do not. */
const isXml = (type: string): boolean => /^(text|application)\/(xml|.*\+xml)$/i.test(type);
