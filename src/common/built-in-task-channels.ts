/** Every workspace has these and keeps them: https://www.twilio.com/docs/taskrouter/api/task-channel */
export const builtInTaskChannels: readonly string[] = ['default', 'voice', 'chat', 'sms', 'video'];
