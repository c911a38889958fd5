import type { ConnectionSettings } from '../../src/taskrouter/webhooks/connection-overrides';
import {
  type CallbackRequest,
  type CallbackResponse,
  type EarlyEnd,
  ExchangeFailed,
  type Transport,
} from '../../src/taskrouter/webhooks/transport';
import type { Random } from './random';

/** What a request may meet on its way. */
const endings = {
  function: 60,
  empty: 10,
  noContent: 5,
  status500: 4,
  status404: 2,
  redirect: 1,
  refused: 4,
  reset: 4,
  garbage: 4,
  strangeGarbage: 3,
  synchronousError: 2,
  hang: 4,
  endlessHang: 3,
  drip: 3,
  late: 3,
  tooLarge: 1,
  notJson: 2,
  deepJson: 1,
  unknownInstruction: 1,
} as const;

type Ending = keyof typeof endings;

/** How the receivers behind a URL behave for a while. */
export const behaviors = ['healthy', 'hanging', 'unreliable'] as const;
export type Behavior = (typeof behaviors)[number];

/** What a client library throws for a response that is not HTTP: errors without a code, and even other values. */
const strangeErrors: readonly unknown[] = [
  new Error('Response does not match the HTTP/1.1 protocol (Expected HTTP/)'),
  new TypeError("Cannot read properties of undefined (reading 'length')"),
  new RangeError('Maximum call stack size exceeded'),
  Object.assign(new Error('Invalid header value char'), { code: 17 }),
  'a text instead of an error',
  undefined,
  null,
];

const depth = 20_000;
const deepJson = `{"instruction": ${'['.repeat(depth)}${']'.repeat(depth)}}`;

interface NetworkOptions {
  readonly random: () => Random;
  readonly after: (milliseconds: number, fire: () => void) => unknown;
  readonly behaviorOf: (url: string) => Behavior;
  /** The body of a Function's response; the Function runs now, and its response is on its way. */
  readonly runFunction: (request: CallbackRequest) => object | null;
  readonly onRequest: (request: CallbackRequest, ending: Ending) => void;
}

/** The network between one process and the receivers of its callbacks. */
export class SimulatedNetwork implements Transport {
  constructor(private readonly options: NetworkOptions) {}

  perform(request: CallbackRequest, settings: ConnectionSettings, end: EarlyEnd): Promise<CallbackResponse> {
    const random = this.options.random();
    const ending = endingOf(this.options.behaviorOf(request.url), random);
    this.options.onRequest(request, ending);
    if (ending === 'synchronousError') throw random.of(strangeErrors);
    return this.carryOut(ending, request, settings, end, random);
  }

  async close(): Promise<void> {}

  private async carryOut(
    ending: Exclude<Ending, 'synchronousError'>,
    request: CallbackRequest,
    settings: ConnectionSettings,
    end: EarlyEnd,
    random: Random,
  ): Promise<CallbackResponse> {
    const latency = random.integer(1, 200);
    const outcomes: Record<typeof ending, () => Promise<CallbackResponse>> = {
      function: () => this.functionResponse(request, latency),
      empty: () => this.response(200, '', latency),
      noContent: () => this.response(204, '', latency),
      status500: () => this.response(500, 'internal error', latency),
      status404: () => this.response(404, '', latency),
      redirect: () => this.response(302, '', latency),
      refused: () => this.failure(codedError('ECONNREFUSED'), latency),
      reset: () => this.failure(codedError('ECONNRESET'), latency),
      garbage: () => this.failure(codedError('HPE_INVALID_CONSTANT'), latency),
      strangeGarbage: () => this.failure(random.of(strangeErrors), latency),
      hang: () => this.failure(new ExchangeFailed('read_timeout', 'no data'), settings.readMs),
      // Ignores the early end, too.
      endlessHang: () => new Promise(() => undefined),
      drip: () => untilEnded(end),
      late: () => this.functionResponse(request, settings.totalMs + latency),
      tooLarge: () => this.failure(new ExchangeFailed('too_large', 'more than 64 KB'), latency),
      notJson: () => this.response(200, '<Response/>', latency),
      deepJson: () => this.response(200, deepJson, latency),
      unknownInstruction: () => this.response(200, '{"instruction":"dance"}', latency),
    };
    return outcomes[ending]();
  }

  private async functionResponse(request: CallbackRequest, latency: number): Promise<CallbackResponse> {
    const body = this.options.runFunction(request);
    return body ? this.response(200, JSON.stringify(body), latency) : this.response(204, '', latency);
  }

  private async response(status: number, body: string, latency: number): Promise<CallbackResponse> {
    await this.passes(latency);
    return { status, headers: { 'content-type': 'application/json' }, body };
  }

  private async failure(error: unknown, latency: number): Promise<never> {
    await this.passes(latency);
    throw error;
  }

  private passes(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.options.after(milliseconds, resolve);
    });
  }
}

function endingOf(behavior: Behavior, random: Random): Ending {
  if (behavior === 'healthy') return 'function';
  if (behavior === 'hanging') return random.of(['hang', 'endlessHang', 'drip']);
  return random.weighted(endings);
}

const codedError = (code: string) => Object.assign(new Error(code), { code });

function untilEnded(end: EarlyEnd): Promise<never> {
  return new Promise((_, reject) => end.onEnd(reject));
}
