import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { type CallbackResponse, type EarlyEnd, ExchangeFailed } from './transport';

/** Our choice: the limit for TwiML responses (https://www.twilio.com/docs/api/errors/11750). */
const maxBodyBytes = 64 * 1024;

/** Our choice: more responses with status 1xx than any server sends before the final one. */
const maxInformationalResponses = 20;

type Controller = Dispatcher.DispatchController;

/**
 * Reads one response of limited size. The read time limits every pause, starting when the request is sent. It has its own
 * timer, because undici's timers have a resolution of half a second, too coarse for times as short as 100 ms.
 */
export class ResponseReader implements Dispatcher.DispatchHandler {
  readonly response: Promise<CallbackResponse>;
  private settle!: { resolve(response: CallbackResponse): void; reject(error: Error): void };
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private informationalResponses = 0;
  private silence: NodeJS.Timeout | undefined;

  constructor(
    private readonly readMs: number,
    private readonly end: EarlyEnd,
  ) {
    this.response = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
  }

  onRequestStart(controller: Controller): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => controller.abort(this.readTimeout()), this.readMs);
    // If connecting took too long, this ends the request before it is sent.
    this.end.onEnd((reason) => controller.abort(reason));
  }

  onResponseStart(controller: Controller, statusCode: number, headers: IncomingHttpHeaders): void {
    this.silence?.refresh();
    if (statusCode < 200) this.countInformational(controller);
    this.status = statusCode;
    this.headers = joined(headers);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.silence?.refresh();
    this.bytes += chunk.length;
    this.chunks.push(chunk);
    if (this.bytes > maxBodyBytes)
      controller.abort(new ExchangeFailed('too_large', `the response has more than ${maxBodyBytes} bytes`));
  }

  onResponseEnd(): void {
    clearTimeout(this.silence);
    const body = Buffer.concat(this.chunks).toString('utf8');
    this.settle.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Controller, error: Error): void {
    clearTimeout(this.silence);
    const fault = protocolFault(error, this.status > 0);
    // Not a connection failure, so the default retry policy does not apply.
    this.settle.reject(fault === null ? error : new ExchangeFailed('protocol', fault));
  }

  private countInformational(controller: Controller): void {
    this.informationalResponses++;
    if (this.informationalResponses > maxInformationalResponses)
      controller.abort(
        new ExchangeFailed('protocol', `more than ${maxInformationalResponses} informational responses`),
      );
  }

  /** Made only when it is needed: an error records where it was made, which takes long. */
  private readTimeout(): ExchangeFailed {
    return new ExchangeFailed('read_timeout', `no data for ${this.readMs} ms`);
  }
}

/** What is wrong with a response; null if the error is about something else. */
function protocolFault(
  { name, code, message }: Error & { code?: unknown },
  hasBegun: boolean,
): string | null {
  // Most of undici's errors about invalid HTTP have no code.
  if (name === 'HTTPParserError') return message;
  // undici does not expect status 100 and 101, and gives some of them the code of a closed connection.
  if (code === 'ERR_ASSERTION' || message === 'bad response' || message === 'bad upgrade')
    return 'the response is not valid HTTP';
  return hasBegun && code === 'UND_ERR_SOCKET' ? 'the response was cut off' : null;
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(headers))
    texts[name] = typeof value === 'string' ? value : value.join(', ');
  return texts;
}
