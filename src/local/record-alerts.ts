import type { HostLog } from '../host/functions-host';
import type { TaskRouterService } from '../taskrouter/start';

/** Source: https://www.twilio.com/docs/api/errors/82005, which Twilio raises for each console.error of a Function. */
const functionError = 82005;
/** Characters. Our choice: a stack is in the terminal. */
const maxDetailLength = 300;

/** Each error that a Function logs is an alert, too, as in Twilio's debugger. */
export function functionErrorsAsAlerts(
  log: HostLog,
  { alertLog, taskRouter }: TaskRouterService,
  workspaceSid: string,
): HostLog {
  return (entry) => {
    log(entry);
    if (entry.level !== 'error' || entry.file === undefined) return;
    const [line = ''] = entry.message.split('\n');
    alertLog.add({
      code: functionError,
      level: 'error',
      source: 'function',
      at: taskRouter.clock.now(),
      workspaceSid,
      resourceSid: workspaceSid,
      detail: `${entry.file}: ${line.slice(0, maxDetailLength)}`,
    });
  };
}

/** The inspector shows next to the alerts of Twilio's debugger what lint and doctor find. */
export function recordSummaries(
  source: 'lint' | 'doctor',
  details: readonly string[],
  remedy: string,
  { alertLog, taskRouter }: TaskRouterService,
  workspaceSid: string,
): void {
  for (const detail of details)
    alertLog.add({
      code: null,
      level: 'warning',
      source,
      at: taskRouter.clock.now(),
      workspaceSid,
      resourceSid: workspaceSid,
      detail,
      remedy,
    });
}
