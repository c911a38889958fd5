import { secondsText, slowCallback } from './callback-findings';
import { type Finding, finding } from './finding';
import type { AskedFunctions, AskedUrl, Receivers } from './receivers';
import { thresholds } from './thresholds';

/** Functions and callback URLs that do not respond as they should. */
export function receiverFindings({ target, functions, urls }: Receivers): Finding[] {
  return [
    ...urls.flatMap((url) => urlFindings(url, target)),
    ...(functions ? functionsFindings(functions, target) : []),
  ];
}

/**
 * The findings about past callbacks and about what the receivers respond now. What they respond now replaces what a
 * callback met before.
 */
export function withReceivers(findings: readonly Finding[], receivers: Receivers): Finding[] {
  const reached = new Set(receivers.urls.map(({ url }) => url));
  const asked = new Set(
    receivers.urls
      .filter(({ acceptsSignature }) => acceptsSignature !== null)
      .map(({ url }) => originOf(url)),
  );
  const past = findings.filter(({ code, place }) => {
    if (code === 'callback_unreachable') return !reached.has(place);
    return code !== 'signature_refused' || !asked.has(originOf(place));
  });
  return [...past, ...receiverFindings(receivers)];
}

/** The Functions of one origin check signatures with the same auth token. */
const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);

type Target = Receivers['target'];

function urlFindings(
  { url, unreachable, acceptsSignature, durationMs }: AskedUrl,
  target: Target,
): Finding[] {
  if (unreachable !== null) {
    return [
      finding(
        'callback_unreachable',
        url,
        unreachable,
        `Start the receiver, or point the callbacks to the Functions: ${wire(target)}`,
      ),
    ];
  }
  return [
    ...(acceptsSignature === false ? [signatureRefused(url, target)] : []),
    ...(durationMs > thresholds.slowCallbackMs
      ? [slowCallback(url, `It took ${secondsText(durationMs)} to respond`)]
      : []),
  ];
}

const wire = (target: Target) => `npx taskrouter wire${target === 'local' ? '' : ' --target twilio'}`;

const signatureRefused = (url: string, target: Target): Finding =>
  finding(
    'signature_refused',
    url,
    'It refuses a request that is signed with the auth token of the account',
    `Its AUTH_TOKEN is that of another account, or it is called at another URL. ${restart(target)}`,
  );

const restart = (target: Target) =>
  target === 'local' ? 'Start it again: npx taskrouter start' : 'Deploy it again: npm run deploy';

function functionsFindings(functions: AskedFunctions, target: Target): Finding[] {
  const { url, failure, configurationErrors } = functions;
  if (failure) {
    return failure.reason === 'operator_rejected'
      ? [finding('operator_rejected', url, failure.message, operatorRemedy(target))]
      : [finding('functions_unreachable', url, failure.message, restart(target))];
  }
  return [
    ...configurationErrors.map((message) =>
      finding('functions_misconfigured', url, message, variablesRemedy(target)),
    ),
    ...anotherBuild(functions, target),
  ];
}

const operatorRemedy = (target: Target) =>
  target === 'local'
    ? 'Start them again: npx taskrouter start'
    : 'Set OPERATOR_USERNAME and OPERATOR_PASSWORD in .env.deploy to the deployed values, or deploy yours: npm run deploy';

const variablesRemedy = (target: Target) =>
  target === 'local'
    ? 'Correct it in .env. The Functions then reload.'
    : 'Correct it in .env.deploy, and deploy again: npm run deploy';

function anotherBuild({ url, build, sourceBuild }: AskedFunctions, target: Target): Finding[] {
  if (build === null || sourceBuild === null || build === sourceBuild) return [];
  return [
    finding(
      'functions_of_another_build',
      url,
      `The Functions are build ${build}, and the sources in this folder are ${sourceBuild}`,
      target === 'local'
        ? 'See the terminal of the Functions for an error of the build, or start them again: npx taskrouter start'
        : 'Deploy the sources: npm run deploy',
    ),
  ];
}
