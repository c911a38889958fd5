import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Step } from '../steps/step';
import { hasStatus, requireWorkspace } from '../steps/taskrouter-errors';
import { type ConnectionOptions, connect } from './client';
import { type Environment, readEnvironment } from './environment';
import { errorResponse, errorStatus, toLifecycleError } from './error-response';
import { logError, logMessage, maskEnvironmentSecrets } from './log';
import { requireOperator } from './operator-sign-in';
import { rejectForeignRequest } from './request-guard';
import { requestHeaders } from './request-headers';
import { jsonResponse } from './responses';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './runtime';
import { outcomeUnknown, timedOut } from './transport';

/** A Function for the operator: which parameters it takes, and the step it runs. */
export interface OperatorFunction<Parameters> {
  /** The name of the file, for the log. */
  readonly name: string;
  readonly parameters: (event: FunctionEvent) => Parameters;
  readonly step: Step<Parameters>;
  /** Of the answer when the step succeeds; 200 unless given. */
  readonly status?: number;
  /** True if it changes nothing, so that links from other sites may open it. */
  readonly readOnly?: boolean;
  /** True if a call whose answer is lost must not be sent again. */
  readonly sendOnce?: boolean;
}

/** What surrounds the Function; a test gives it other limits. */
export interface Surroundings {
  readonly connect: (environment: Environment, options: ConnectionOptions) => WorkspaceContext;
  /** For the whole step, in ms. */
  readonly stepTimeoutMs: number;
}

/** Our choice: the platform ends a Function after 10 s, and its own answer would say nothing. */
const surroundings: Surroundings = { connect, stepTimeoutMs: 9000 };

/**
 * The handler of an operator's Function: guards the request, reads the parameters, runs the step, answers. It always
 * calls back exactly once, whatever throws or hangs, and logs an error once.
 */
export function operatorFunction<Parameters>(
  definition: OperatorFunction<Parameters>,
  { connect, stepTimeoutMs }: Surroundings = surroundings,
): FunctionHandler {
  const perform = async (context: FunctionContext, event: FunctionEvent) => {
    const headers = requestHeaders(event);
    rejectForeignRequest(headers, definition.readOnly === true);
    requireOperator(context, headers);
    const parameters = definition.parameters(event);
    const environment = readEnvironment(context);
    const workspace = connect(environment, { retries: definition.sendOnce !== true });
    return withinTime(runStep(definition, workspace, environment, parameters), definition, stepTimeoutMs);
  };
  return (context, event, callback) => {
    const reportUnanswered = (thrown: unknown) => logError(context, definition.name, 'answer_failed', thrown);
    perform(context, event)
      .then((body) => jsonResponse(definition.status ?? 200, body))
      .catch((thrown: unknown) => failure(context, definition.name, thrown))
      .then(
        (answer) => callback(null, answer),
        (thrown: unknown) => {
          // Not even the error could be put into an answer: the runtime makes one out of this object.
          reportUnanswered(thrown);
          callback({ code: 'internal_error', message: 'The Function failed; its log says why.' });
        },
      )
      .catch(reportUnanswered);
  };
}

async function runStep<Parameters>(
  { step }: OperatorFunction<Parameters>,
  workspace: WorkspaceContext,
  { settings }: Environment,
  parameters: Parameters,
): Promise<object> {
  try {
    return await step({ workspace, settings }, parameters);
  } catch (thrown) {
    // A 404 that no step explained may mean that the workspace itself is unknown.
    if (hasStatus(thrown, 404)) await requireWorkspace(workspace);
    throw thrown;
  }
}

async function withinTime<T, P>(
  work: Promise<T>,
  { readOnly }: OperatorFunction<P>,
  limitMs: number,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(readOnly === true ? timedOut() : outcomeUnknown()), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** The answer to whatever was thrown, logged once if it is not the caller's own doing. */
function failure(context: FunctionContext, name: string, thrown: unknown): unknown {
  const error = toLifecycleError(thrown, (words) => maskEnvironmentSecrets(context, words));
  if (error.code === 'internal_error') logError(context, name, error.code, thrown);
  else if (errorStatus(error) >= 429) logMessage(name, error.code, error.message);
  return errorResponse(error);
}
