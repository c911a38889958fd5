import { type Dispatcher, request } from 'undici';
import { isPublicName } from '../../common/public-name';
import { type Condition, shownUrl } from '../../doctor/condition';
import type { AskedUrl } from '../../doctor/receivers';

/** Our choice: as long as TaskRouter waits for an assignment callback. */
const timeoutMs = 5000;

/** A gateway or tunnel says so if there is no program behind it. */
const gatewayStatuses: readonly number[] = [502, 503, 504];

/** Asks whether somebody is at a callback URL: by OPTIONS, which has no effect (RFC 9110, 9.2.1). */
export async function askUrl(
  url: string,
  target: Condition['target'],
  dispatcher: Dispatcher,
): Promise<AskedUrl> {
  const started = performance.now();
  const unreachable = unreachableOnTwilio(url, target) ?? (await unreachableReason(url, dispatcher));
  return {
    url: shownUrl(url),
    durationMs: performance.now() - started,
    unreachable,
    acceptsSignature: null,
  };
}

function unreachableOnTwilio(url: string, target: Condition['target']): string | null {
  const { hostname } = new URL(url);
  if (target === 'local' || isPublicName(hostname)) return null;
  return `Twilio cannot reach ${hostname}, which is on a private network or this computer`;
}

async function unreachableReason(url: string, dispatcher: Dispatcher): Promise<string | null> {
  try {
    const { statusCode, body } = await request(shownUrl(url), {
      method: 'OPTIONS',
      dispatcher,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    await body.dump();
    return gatewayStatuses.includes(statusCode)
      ? `Status ${statusCode}: the program behind it does not respond`
      : null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return `Nothing responds there (${code ?? message})`;
  }
}
