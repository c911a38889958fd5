import { canonicalName, isLocalTwilioHost, isTwilioHost, twilioProduct } from '../../common/twilio-hosts';
import { ConfigurationError } from '../../system/config';

/** Twilio's hosts that are not refused. */
export const passFlag = {
  type: 'string',
  array: true,
  requiresArg: true,
  default: [] as string[],
  coerce: readPassedHosts,
} as const;

/** Reads the values of `--pass`. @throws ConfigurationError */
function readPassedHosts(names: readonly string[]): string[] {
  const faults = names.flatMap(faultOf);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return names.map(canonicalName);
}

function faultOf(name: string): string[] {
  if (!/^[\w.-]+$/.test(name) || !isTwilioHost(name))
    return [
      `--pass ${name} is not the name of a Twilio host, such as api.twilio.com. Other hosts always pass.`,
    ];
  if (isLocalTwilioHost(name) && twilioProduct(name) !== 'api')
    return [`--pass ${name}: this host is served by the local TaskRouter. Remove the flag.`];
  return [];
}
