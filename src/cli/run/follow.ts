import { alertLine, callbackLine } from '../../taskrouter/inspector/log-lines';
import type { TaskRouterService } from '../../taskrouter/start';
import type { Reporter } from '../reporter';

/** Shows each callback as a line. */
export function followCallbacks(service: TaskRouterService, reporter: Reporter): void {
  const nameOf = (sid: string) => service.taskRouter.view.find('workers', sid)?.friendlyName;
  service.callbackLog.onEntry((entry) => {
    const line = callbackLine(entry, nameOf);
    reporter.say(entry.kind === 'event' ? reporter.colours.dim(line) : line);
  });
}

/** Shows each alert as a line, except those that a callback's line already shows. */
export function followAlerts(service: TaskRouterService, { colours, say }: Reporter): void {
  service.alertLog.onEntry((entry) => {
    if (entry.source === 'callback') return;
    say((entry.level === 'error' ? colours.red : colours.yellow)(alertLine(entry)));
  });
}
