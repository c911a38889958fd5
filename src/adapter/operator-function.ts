import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Step } from '../steps/step';
import { hasStatus, requireWorkspace } from '../steps/taskrouter-errors';
import { type ConnectionOptions, connect } from './client';
import { type Environment, readEnvironment } from './environment';
import { errorResponse, errorStatus, functionFailed, toLifecycleError } from './error-response';
import { localAlerts } from './local-alerts';
import { localExplanations } from './local-explanations';
import { logError, logMessage, maskEnvironmentSecrets } from './log';
import { requireOperator } from './operator-sign-in';
import { rejectForeignRequest } from './request-guard';
import { requestHeaders } from './request-headers';
import { jsonResponse } from './responses';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './runtime';
import { outcomeUnknown, timedOut } from './transport';
import { workerTokens } from './worker-tokens';

/** A Function for the operator: its parameters and its step. */
interface OperatorFunction<Parameters> {
  /** The file name, for the log. */
  readonly name: string;
  readonly parameters: (event: FunctionEvent) => Parameters;
  readonly step: Step<Parameters>;
  /** The HTTP status when the step succeeds; default 200. */
  readonly status?: number;
  /** True if it changes nothing: links from other sites may then open it. */
  readonly readOnly?: boolean;
  /** True if a request to TaskRouter must not be sent again when its response is lost. */
  readonly sendOnce?: boolean;
}

/** The Function's connection and time limit, which tests replace. */
interface OperatorFunctionOptions {
  readonly connect: (environment: Environment, options: ConnectionOptions) => WorkspaceContext;
  /** The limit for the whole step, in ms. */
  readonly stepTimeoutMs: number;
}

/** Our choice: the platform ends a Function after 10 s, with a response that explains nothing. */
const defaultOptions: OperatorFunctionOptions = { connect, stepTimeoutMs: 9000 };

/**
 * The handler of an operator's Function: checks the request, reads the parameters, runs the step, responds. It calls
 * back exactly once, even if the step throws or hangs, and logs each error once.
 */
export function operatorFunction<Parameters>(
  definition: OperatorFunction<Parameters>,
  { connect, stepTimeoutMs }: OperatorFunctionOptions = defaultOptions,
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
    const logUnsent = (thrown: unknown) => logError(context, definition.name, 'answer_failed', thrown);
    perform(context, event)
      .then((body) => jsonResponse(definition.status ?? 200, body))
      .catch((thrown: unknown) => logAndRespond(context, definition.name, thrown))
      .then(
        (response) => callback(null, response),
        (thrown: unknown) => {
          // Building the error response failed, too: the runtime builds one from this object.
          logUnsent(thrown);
          callback({ code: 'internal_error', message: functionFailed });
        },
      )
      .catch(logUnsent);
  };
}

async function runStep<Parameters>(
  { step }: OperatorFunction<Parameters>,
  workspace: WorkspaceContext,
  environment: Environment,
  parameters: Parameters,
): Promise<object> {
  try {
    const [alerts, explain] = [localAlerts(environment), localExplanations(environment)];
    const signWorkerToken = workerTokens(environment);
    return await step(
      { workspace, alerts, explain, signWorkerToken, settings: environment.settings },
      parameters,
    );
  } catch (thrown) {
    // A 404 that the step did not explain may mean that the workspace does not exist.
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

/** The error response to anything thrown. Errors that the caller did not cause are logged. */
function logAndRespond(context: FunctionContext, name: string, thrown: unknown): unknown {
  const error = toLifecycleError(thrown, (text) => maskEnvironmentSecrets(context, text));
  if (error.code === 'internal_error') logError(context, name, error.code, thrown);
  else if (errorStatus(error) >= 429) logMessage(name, error.code, error.message);
  return errorResponse(error);
}
