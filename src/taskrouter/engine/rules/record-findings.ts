import type { Finding } from '../../../lint/finding';
import type { CommandContext } from '../command-context';

/** Twilio's code for a parameter that is wrong. It has none for one that is accepted (our choice). */
const invalidParameter = 20001;

/**
 * Leaves a warning in the debugger for each finding in a document that was saved.
 * @param parameter the parameter of the REST API that held the document
 */
export function recordFindings(
  context: CommandContext,
  resource: { readonly sid: string; readonly workspaceSid: string },
  parameter: string,
  findings: readonly Finding[],
): void {
  for (const { place, message, remedy } of findings) {
    context.recordAlert({
      code: invalidParameter,
      level: 'warning',
      workspaceSid: resource.workspaceSid,
      resourceSid: resource.sid,
      detail: `${parameter}${place && ` ${place}`}: ${message}`,
      remedy,
    });
  }
}
