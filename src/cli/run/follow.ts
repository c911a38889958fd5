import { alertLine, callbackLine } from '../../taskrouter/inspector/log-lines';
import type { TaskRouterService } from '../../taskrouter/start';
import type { Reporter } from '../reporter';

/** Every callback as a line: what ngrok's inspector was needed for. */
export function followCallbacks(service: TaskRouterService, reporter: Reporter): void {
  const nameOf = (sid: string) => service.taskRouter.view.find('workers', sid)?.friendlyName;
  service.callbackLog.onEntry((entry) => {
    const line = callbackLine(entry, nameOf);
    reporter.say(entry.kind === 'event' ? reporter.colours.dim(line) : line);
  });
}

/** What the debugger would show, but for what stands on a callback's own line already. */
export function followAlerts(service: TaskRouterService, { colours, say }: Reporter): void {
  service.alertLog.onEntry((entry) => {
    if (entry.source === 'callback') return;
    say((entry.level === 'error' ? colours.red : colours.yellow)(alertLine(entry)));
  });
}
