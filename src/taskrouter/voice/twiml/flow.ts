import { callParameters } from '../calls/call-parameters';
import type { LiveCall } from '../calls/live-call';
import type { Scope } from '../calls/scope';
import { voiceAlerts } from '../voice-alerts';
import type { VoiceServices } from '../voice-services';
import { flag } from './attributes';
import { ignoredAttributes } from './ignored-attributes';
import { TwimlFailed, verbsIn } from './read-twiml';
import type { Verb } from './twiml';
import { resolved, type SentVoiceRequest, type TwimlDocument, type TwimlRequest } from './twiml-client';

/** How a document ends other than with its last verb. */
type Ending = 'hangup' | 'leave';
/** What follows a verb: another document, an ending, or the next verb. */
export type Next = TwimlRequest | Ending | undefined;

/** @param document where the verb is */
export type Executor = (verb: Verb, flow: Flow, document: TwimlDocument) => Next | Promise<Next>;
export type Executors = Readonly<Record<string, Executor>>;

/** A verb can have a name that every object has, such as `isPrototypeOf`. */
export const executorOf = (executors: Executors, { verb }: Verb): Executor | undefined =>
  Object.hasOwn(executors, verb) ? executors[verb] : undefined;

interface FlowOptions {
  readonly call: LiveCall;
  readonly scope: Scope;
  readonly services: VoiceServices;
  /** The verbs that its documents may have. */
  readonly executors: Executors;
  /** What its requests say besides the call's own parameters. */
  readonly parameters?: () => Readonly<Record<string, string>>;
}

/**
 * Our choice: how many documents a call may run while no time passes. Redirects to each other would otherwise never end,
 * because speech takes no time here.
 */
const maxDocumentsAtOnce = 100;

/** The verbs of Twilio that the simulated phone does not execute: https://www.twilio.com/docs/voice/twiml */
const notBuilt = ['Connect', 'Pay', 'Prompt', 'Record', 'Refer', 'Siprec', 'Sms', 'Start', 'Stop', 'Stream'];

/** Our choice: as on Twilio, everything but <Reject> answers the call, and <Dial> if it does not wait for another answer. */
const answers = ({ verb, attributes }: Verb): boolean =>
  verb !== 'Reject' && !(verb === 'Dial' && flag(attributes.answerOnBridge, false));

/** Documents that are executed one after another. */
export class Flow {
  readonly call: LiveCall;
  readonly scope: Scope;
  /** Its alerts refer to the document that is being executed. */
  readonly services: VoiceServices;
  private document: TwimlDocument | null = null;

  constructor(private readonly options: FlowOptions) {
    const { services } = options;
    this.call = options.call;
    this.scope = options.scope;
    this.services = {
      ...services,
      alert: (call, alert) => services.alert(call, alert, this.document?.callbackId),
    };
  }

  /**
   * Fetches and executes documents, until one ends without naming another.
   * @returns how the last one ended; undefined after its last verb
   * @throws TwimlFailed, after its alert; the reason if the scope ends
   */
  async run(first: TwimlRequest): Promise<Ending | undefined> {
    let since = this.scope.clock.now();
    let documents = 0;
    for (let request = first; ; ) {
      if (this.scope.clock.now() > since) documents = 0;
      since = this.scope.clock.now();
      if (++documents > maxDocumentsAtOnce) throw this.fault(voiceAlerts.endless(maxDocumentsAtOnce));
      const next = await this.execute(await this.fetch(request));
      if (next === undefined || typeof next === 'string') return next;
      request = next;
    }
  }

  /** The request for a document that an attribute of a verb names. The method is POST unless the verb says otherwise. */
  request(
    url: string,
    method: string | undefined,
    document: TwimlDocument,
    parameters: Readonly<Record<string, string>> = {},
  ): TwimlRequest {
    const absolute = this.reporting(() => resolved(url, document.url));
    return { url: absolute, method: method?.toUpperCase() === 'GET' ? 'GET' : 'POST', parameters };
  }

  /** Tells a URL what has happened. What it responds has no effect. */
  async notify(request: TwimlRequest): Promise<void> {
    const { log, keep } = this;
    await this.services.client.tell(request, this.parametersOf(request), { log, keep });
  }

  private async fetch(request: TwimlRequest): Promise<TwimlDocument> {
    const { scope, log, keep } = this;
    scope.check();
    const { url, method, twiml } = request;
    if (twiml !== undefined)
      return this.reporting(() => ({ url, method, verbs: verbsIn(twiml), callbackId: undefined }));
    try {
      const until = (time: number) => scope.until(time);
      const check = () => scope.check();
      return await this.services.client.fetch(request, this.parametersOf(request), {
        log,
        keep,
        until,
        check,
      });
    } finally {
      scope.check();
    }
  }

  private parametersOf({ parameters }: TwimlRequest): Record<string, string> {
    const { call, services } = this;
    return {
      ...callParameters(call, services.accountSid),
      ...this.options.parameters?.(),
      ...parameters,
    };
  }

  private readonly log = (text: string): void => this.call.record('twilio', 'requests', text);

  private readonly keep = (sent: SentVoiceRequest): number => this.services.keep(this.call, sent);

  private async execute(document: TwimlDocument): Promise<Next> {
    this.document = document;
    if (document.verbs.length === 0) this.call.answer();
    for (const verb of document.verbs) {
      if (answers(verb)) this.call.answer();
      for (const what of ignoredAttributes(verb)) this.fault(voiceAlerts.ignored(what));
      const executor = executorOf(this.options.executors, verb);
      const next = executor ? await executor(verb, this, document) : this.skip(verb);
      this.scope.check();
      if (next !== undefined) return next;
    }
    return undefined;
  }

  private skip({ verb }: Verb): undefined {
    this.fault(notBuilt.includes(verb) ? voiceAlerts.notBuilt(`<${verb}>`) : voiceAlerts.unknownVerb(verb));
  }

  /** Records the alert. @returns the error */
  fault(alert: TwimlFailed['alert']): TwimlFailed {
    this.services.alert(this.call, alert);
    return new TwimlFailed(alert);
  }

  private reporting<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw error instanceof TwimlFailed ? this.fault(error.alert) : error;
    }
  }
}
