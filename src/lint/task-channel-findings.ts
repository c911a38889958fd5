import { type Finding, finding } from './finding';

/** A sample of Twilio's creates `email-channel`, so hyphens are accepted; expressions cannot name such a channel. */
export function taskChannelFindings(uniqueName: string): Finding[] {
  if (!uniqueName.includes('-')) return [];
  return [
    finding(
      'hyphen_in_channel_name',
      `The documentation allows no hyphen in the name of a TaskChannel, and expressions cannot read worker.channel.${uniqueName}`,
      `Use ${uniqueName.replaceAll('-', '_')}.`,
    ),
  ];
}
