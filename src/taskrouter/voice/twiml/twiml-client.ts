import { maskUrl } from '../../../common/mask-url';
import type { Clock } from '../../../system/clock';
import { realTime } from '../../webhooks/attempt-timer';
import type { AttemptsInProgress } from '../../webhooks/attempts-in-progress';
import { attemptOf, type CallbackAttempt, type CallbackRecord } from '../../webhooks/callback-record';
import { type Attempts, type Exchange, sendWithRetries } from '../../webhooks/post';
import { noticeEvaluation, type ResponseEvaluation } from '../../webhooks/response-evaluation';
import type { HttpMethod, Transport, UrlRole } from '../../webhooks/transport';
import { signedVoiceRequest } from '../../webhooks/voice-request';
import { voiceAlerts } from '../voice-alerts';
import { readTwiml, TwimlFailed, twimlEvaluation } from './read-twiml';
import { redirectOf } from './redirect';
import { noUrl } from './script';
import type { Verb } from './twiml';

/** A document to be fetched. */
export interface TwimlRequest {
  readonly url: string;
  readonly method: HttpMethod;
  /** The document itself: nothing is requested. */
  readonly twiml?: string | undefined;
  /** In addition to those of the call. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly role?: UrlRole;
}

/** A document, and where it was, after any redirects. */
export interface TwimlDocument {
  readonly url: string;
  readonly method: HttpMethod;
  readonly verbs: readonly Verb[];
  /** The request for it in the callback log; undefined if there was none. */
  readonly callbackId: number | undefined;
}

export interface TwimlClientOptions {
  readonly authToken: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly inProgress: AttemptsInProgress;
}

/** https://www.twilio.com/docs/voice/twiml: how long the response to a request for TwiML may take. */
const maxMs = 15_000;

/** A request with all its responses, as the callback log keeps it. */
export type SentVoiceRequest = Pick<CallbackRecord, 'attempts' | 'outcome'>;

/** What a request needs of its call. */
export interface RequestProgress {
  /** Called with a line about each response. */
  log(text: string): void;
  /** Waits for a time of the clock: a virtual clock stands still while nobody responds, and what follows must not be early. */
  until(time: number): Promise<void>;
  /** @throws the reason if the call has ended, or goes to other TwiML */
  check(): void;
  /** Keeps the request, and records its alerts. @returns its ID in the callback log */
  keep(sent: SentVoiceRequest): number;
}

type Parameters = Readonly<Record<string, string>>;

/** The response at the end of all redirects. */
interface Final {
  readonly exchange: Exchange;
  readonly attempt: CallbackAttempt;
  /** Without the parameters that a GET adds. */
  readonly url: string;
  readonly method: HttpMethod;
}

/** Sends requests about calls as Twilio does: signed, with retries as the URL's fragment says, following redirects. */
export class TwimlClient {
  private requests = 0;

  constructor(private readonly options: TwimlClientOptions) {}

  /**
   * Asks for TwiML.
   * @param parameters the call's and the request's
   * @throws TwimlFailed, after its alert; DeliveryStopped; whatever `progress` throws
   */
  async fetch(
    request: TwimlRequest,
    parameters: Parameters,
    progress: RequestProgress,
  ): Promise<TwimlDocument> {
    const { final, callbackId } = await this.exchange(request, parameters, progress, twimlEvaluation);
    const { url, method, attempt, exchange } = final;
    if (attempt.alert) throw new TwimlFailed(attempt.alert);
    return { url, method, verbs: readTwiml(exchange), callbackId };
  }

  /**
   * Tells what has happened. The response has no effect, and the call does not wait for it.
   * @param parameters as for `fetch`
   * @throws DeliveryStopped
   */
  async tell(
    request: TwimlRequest,
    parameters: Parameters,
    progress: Pick<RequestProgress, 'log' | 'keep'>,
    evaluation: ResponseEvaluation = noticeEvaluation,
  ): Promise<void> {
    const alone = { ...progress, until: async () => undefined, check: () => undefined };
    await this.exchange(request, parameters, alone, evaluation);
  }

  /** Sends the request, and keeps it. */
  private async exchange(
    request: TwimlRequest,
    parameters: Parameters,
    progress: RequestProgress,
    evaluation: ResponseEvaluation,
  ): Promise<{ readonly final: Final; readonly callbackId: number }> {
    const attempts: CallbackAttempt[] = [];
    let final: Final;
    try {
      final = await this.follow(request, parameters, progress, evaluation, attempts);
      progress.check();
    } catch (reason) {
      if (attempts.length) progress.keep({ attempts, outcome: 'withdrawn' });
      throw reason;
    }
    const outcome = evaluation.outcomeOf(final.attempt);
    return { final, callbackId: progress.keep({ attempts, outcome }) };
  }

  /** @param sent receives each attempt */
  private async follow(
    request: TwimlRequest,
    parameters: Parameters,
    progress: RequestProgress,
    { alertOf }: ResponseEvaluation,
    sent: CallbackAttempt[],
  ): Promise<Final> {
    let { url, method } = request;
    for (let followed = 0; ; followed++) {
      const { all, last, timedOutAt } = await this.send({ ...request, url, method }, parameters);
      const { exchange } = last;
      const redirect = redirectOf(exchange.response, { url, method }, followed);
      const earlier = all.slice(0, -1).map((made) => attemptOf(made, alertOf));
      const attempt = attemptOf(last, redirect ? () => redirect.alert : alertOf);
      sent.push(...earlier, attempt);
      progress.log(`${method} ${shown(url)}: ${exchange.response?.status ?? exchange.failure?.message}`);
      if (timedOutAt !== null) await progress.until(timedOutAt);
      if (!redirect?.target) return { exchange, attempt, url, method };
      ({ url, method } = redirect.target);
    }
  }

  private send({ url, method, role = 'primary' }: TwimlRequest, parameters: Parameters): Promise<Attempts> {
    this.requests += 1;
    const subject = `${parameters.CallSid}/${this.requests}`;
    const signed = signedVoiceRequest({ url, method, role, parameters, subject }, this.options.authToken);
    return sendWithRetries({ ...this.options, timer: realTime }, signed, url, maxMs);
  }
}

/** A URL in a document, which may be relative. @throws TwimlFailed if it is none */
export function resolved(url: string, base: string): string {
  if (base === noUrl && !URL.canParse(url)) throw new TwimlFailed(voiceAlerts.relativeUrl(url));
  if (!URL.canParse(url, base)) throw new TwimlFailed(voiceAlerts.invalidUrl(url));
  return new URL(url, base).href;
}

/** Without secrets, and without connection overrides. */
const shown = (url: string): string => maskUrl(url.replace(/#.*$/s, ''));
