/** A message of a stream of Server-Sent Events. */
export interface EventMessage {
  readonly event: string;
  readonly data: string;
}

/**
 * The messages in a response, as TaskRouter writes them: one line of data each. Read by fetch(), because an EventSource
 * does not tell the status of the response.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* eventMessages(body: ReadableStream<Uint8Array>): AsyncGenerator<EventMessage> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (text + decoder.decode(value, { stream: true })).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const [event, data] = ['event', 'data'].map(
        (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1],
      );
      if (event !== undefined && data !== undefined) yield { event, data };
    }
  }
}
