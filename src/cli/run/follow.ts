import { alertLine, callbackLine } from '../../taskrouter/inspector/log-lines';
import type { TaskRouterService } from '../../taskrouter/start';
import type { Reporter } from '../reporter';

/**
 * Shows each assignment callback as a line; event callbacks only if they failed; no voice requests, whose failures are alerts
 * of their calls.
 * @param verbose shows all event callbacks and voice requests, which are many
 * @param onlyFailed shows failed callbacks alone
 */
export function followCallbacks(
  service: TaskRouterService,
  reporter: Reporter,
  { verbose, onlyFailed = false }: { readonly verbose: boolean; readonly onlyFailed?: boolean },
): void {
  const nameOf = (sid: string) => service.taskRouter.view.find('workers', sid)?.friendlyName;
  service.callbackLog.onEntry((entry) => {
    const isFailed = entry.attempts.some(({ alert }) => alert);
    const isQuiet = entry.kind === 'voice' || ((entry.kind === 'event' || onlyFailed) && !isFailed);
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
