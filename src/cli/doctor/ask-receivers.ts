import { type Dispatcher, request } from 'undici';
import { FunctionsClient } from '../../deploy/functions/functions-client';
import type { Operator } from '../../deploy/settings/deploy-settings';
import { type Condition, shownUrl } from '../../doctor/condition';
import type { AskedFunctions, AskedUrl, Receivers } from '../../doctor/receivers';
import { signatureHeader, signatureOf } from '../../taskrouter/webhooks/signature';
import { mapConcurrently } from '../../workspace/existing/read';
import { askFunctions } from './ask-functions';
import { askUrl } from './ask-url';

interface Questions {
  readonly target: Condition['target'];
  /** The callback URLs of the workspace. */
  readonly callbackUrls: readonly string[];
  /** Null if unknown. */
  readonly functionsUrl: string | null;
  /** Null if there is none to ask with. */
  readonly operator: Operator | null;
  /** The hash of the sources in this folder; null if there are none. */
  readonly sourceBuild: string | null;
  /** Whether the Functions in this folder tell their build. */
  readonly hasLifecycle: boolean;
  /** Signs as TaskRouter does; null if it is not known. */
  readonly authToken: string | null;
  readonly newDispatcher: () => Dispatcher;
}

/** Asks the receivers of callbacks whether they are there, without the effect of a callback. */
export async function askReceivers(questions: Questions): Promise<Receivers> {
  const { target, callbackUrls, newDispatcher } = questions;
  const dispatcher = newDispatcher();
  try {
    const functions = await askTheFunctions(questions);
    const distinct = [...new Map(callbackUrls.map((url) => [shownUrl(url), url]))];
    const urls = await mapConcurrently(
      distinct.filter(([shown]) => shown !== ''),
      async ([, url]) =>
        withSignature(await askUrl(url, target, dispatcher), url, questions, functions, dispatcher),
    );
    return { target, functions, urls };
  } finally {
    await dispatcher.close();
  }
}

async function askTheFunctions(questions: Questions): Promise<AskedFunctions | null> {
  const { functionsUrl, operator, sourceBuild, hasLifecycle, newDispatcher } = questions;
  if (functionsUrl === null || operator === null) return null;
  const url = functionsUrl.replace(/\/+$/, '');
  const client = new FunctionsClient(url, operator, newDispatcher());
  try {
    return { url, sourceBuild, ...(await askFunctions(client, hasLifecycle)) };
  } finally {
    await client.close();
  }
}

/**
 * Whether the event callback of the project's Functions accepts a signed request, which it only logs. Nobody else's
 * callback is asked: what it would do is not known.
 */
async function withSignature(
  asked: AskedUrl,
  url: string,
  { authToken }: Questions,
  functions: AskedFunctions | null,
  dispatcher: Dispatcher,
): Promise<AskedUrl> {
  const isOurs = functions?.build != null && asked.url === `${functions.url}/event-callback`;
  if (!isOurs || authToken === null || asked.unreachable !== null) return asked;
  const status = await signedStatus(url, authToken, dispatcher);
  const isAccepted = status >= 200 && status < 300;
  const isRefused = status === 401 || status === 403;
  return { ...asked, acceptsSignature: isAccepted || isRefused ? isAccepted : null };
}

/** 0 if there was no response. */
async function signedStatus(url: string, authToken: string, dispatcher: Dispatcher): Promise<number> {
  const parameters = { EventType: 'doctor.check' };
  try {
    const { statusCode, body } = await request(url.replace(/#.*$/s, ''), {
      method: 'POST',
      headers: {
        [signatureHeader]: signatureOf(authToken, url, parameters),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(parameters).toString(),
      dispatcher,
    });
    await body.dump();
    return statusCode;
  } catch {
    return 0;
  }
}
