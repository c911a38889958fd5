/** A date as Twilio's voice API and its callbacks write it, such as `Wed, 12 Jan 2022 07:29:46 +0000`. @param at Unix ms */
export const rfc2822 = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');
