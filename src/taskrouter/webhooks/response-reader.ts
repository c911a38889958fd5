import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { type CallbackResponse, ExchangeFailed } from './transport';

/** Our choice: as much as Twilio reads of a TwiML answer (https://www.twilio.com/docs/api/errors/11750). */
const maxBodyBytes = 64 * 1024;

type Controller = Dispatcher.DispatchController;

/**
 * Reads one answer whole: at most so many bytes, never silent for longer than the read time. The time runs from the
 * moment the request goes out on its connection. Own timer, because undici's tick every half second, too coarse for
 * times that start at 100 ms.
 */
export class ResponseReader implements Dispatcher.DispatchHandler {
  readonly response: Promise<CallbackResponse>;
  private settle!: { resolve(response: CallbackResponse): void; reject(error: Error): void };
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private silence: NodeJS.Timeout | undefined;
  private onAbort: () => void = () => undefined;

  constructor(
    private readonly readMs: number,
    private readonly signal: AbortSignal,
  ) {
    this.response = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
  }

  onRequestStart(controller: Controller): void {
    this.onAbort = () => controller.abort(this.signal.reason as Error);
    this.signal.addEventListener('abort', this.onAbort);
    this.listen(controller);
    // The connection may have taken longer than there was time; then the request must not go out any more.
    if (this.signal.aborted) this.onAbort();
  }

  onResponseStart(controller: Controller, statusCode: number, headers: IncomingHttpHeaders): void {
    this.listen(controller);
    this.status = statusCode;
    this.headers = joined(headers);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.listen(controller);
    this.bytes += chunk.length;
    this.chunks.push(chunk);
    if (this.bytes > maxBodyBytes)
      controller.abort(new ExchangeFailed('too_large', `the answer has more than ${maxBodyBytes} bytes`));
  }

  onResponseEnd(): void {
    this.end();
    const body = Buffer.concat(this.chunks).toString('utf8');
    this.settle.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.end();
    const brokeOff = this.status && (error as { code?: unknown }).code === 'UND_ERR_SOCKET';
    // Not a failure to connect, so the usual retry policy does not try again.
    this.settle.reject(brokeOff ? new ExchangeFailed('protocol', 'the answer broke off') : error);
  }

  private listen(controller: Controller): void {
    clearTimeout(this.silence);
    const silent = new ExchangeFailed('read_timeout', `silent for ${this.readMs} ms`);
    this.silence = setTimeout(() => controller.abort(silent), this.readMs);
  }

  private end(): void {
    clearTimeout(this.silence);
    this.signal.removeEventListener('abort', this.onAbort);
  }
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
