import type { Finding } from './finding';

/** A sample of Twilio's creates `email-channel`, so hyphens are accepted; expressions cannot name such a channel. */
export function taskChannelFindings(uniqueName: string): Finding[] {
  if (!uniqueName.includes('-')) return [];
  return [
    {
      code: 'hyphen-in-channel-name',
      severity: 'warning',
      place: '',
      message: `The documentation allows no hyphen in the name of a TaskChannel, and expressions cannot read worker.channel.${uniqueName}`,
      remedy: `Use ${uniqueName.replaceAll('-', '_')}.`,
      source: 'https://www.twilio.com/docs/taskrouter/api/task-channel',
    },
  ];
}
