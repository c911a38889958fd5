/** One message of a stream of Server-Sent Events. */
export interface Message {
  readonly event: string;
  readonly id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the test is about
  readonly data: any;
}

/** Reads Server-Sent Events message by message. */
export class SseReader {
  private readonly messages: AsyncGenerator<Message, undefined>;
  private readonly controller = new AbortController();

  private constructor(
    readonly response: Response,
    controller: AbortController,
  ) {
    this.controller = controller;
    this.messages = messagesOf(response);
  }

  static async open(url: string, headers: Record<string, string>): Promise<SseReader> {
    const controller = new AbortController();
    const response = await fetch(url, { headers, signal: controller.signal });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return new SseReader(response, controller);
  }

  /** The next message; undefined when the stream has ended. */
  async next(): Promise<Message | undefined> {
    return (await this.messages.next()).value;
  }

  /** The next message that is wanted; others are passed over. */
  async until(wanted: (message: Message) => boolean): Promise<Message> {
    return (await this.upTo(wanted)).at(-1) as Message;
  }

  /** Everything up to the first message that is wanted. */
  async upTo(wanted: (message: Message) => boolean): Promise<Message[]> {
    const passed: Message[] = [];
    for (;;) {
      const message = await this.next();
      if (!message) throw new Error(`the stream ended after ${JSON.stringify(passed.at(-1))}`);
      passed.push(message);
      if (wanted(message)) return passed;
    }
  }

  close(): void {
    this.controller.abort();
  }
}

async function* messagesOf(response: Response): AsyncGenerator<Message, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
      if (field('event'))
        yield { event: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? '') };
    }
  }
  return undefined;
}
