import { alertLine, callbackLine } from '../../taskrouter/inspector/log-lines';
import type { TaskRouterService } from '../../taskrouter/start';
import type { Reporter } from '../reporter';

/**
 * Shows each assignment callback as a line; event callbacks only if they failed.
 * @param verbose shows all event callbacks, which are many
 */
export function followCallbacks(
  service: TaskRouterService,
  reporter: Reporter,
  { verbose }: { readonly verbose: boolean },
): void {
  const nameOf = (sid: string) => service.taskRouter.view.find('workers', sid)?.friendlyName;
  service.callbackLog.onEntry((entry) => {
    const isQuiet = entry.kind === 'event' && !entry.attempts.some(({ alert }) => alert);
    if (isQuiet && !verbose) return;
    const line = callbackLine(entry, nameOf);
    reporter.report(isQuiet ? reporter.colors.dim(line) : line);
  });
}

/** Shows each alert as a line, except those that a callback's line or a Function's already shows. */
export function followAlerts(service: TaskRouterService, { colors, report }: Reporter): void {
  service.alertLog.onEntry((entry) => {
    if (entry.source === 'callback' || entry.source === 'function') return;
    report((entry.level === 'error' ? colors.red : colors.yellow)(alertLine(entry)));
  });
}
