import type { FastifyInstance } from 'fastify';
import twilio, { type RequestClient } from 'twilio';
import { watchTransport } from '../../src/adapter/transport';
import { assignmentCallback } from '../../src/steps/assignment-callback';
import { CallbackError } from '../../src/steps/callback-error';
import { createTask } from '../../src/steps/create-task';
import { LifecycleError } from '../../src/steps/errors';
import { completeTask, wrapUpTask } from '../../src/steps/move-task';
import { acceptReservation, rejectReservation } from '../../src/steps/reply-to-reservation';
import type { StepContext } from '../../src/steps/step';
import type { TaskResponse } from '../../src/steps/task-response';
import { createApp } from '../../src/taskrouter/app';
import { Journal } from '../../src/taskrouter/inspector/journal';
import { StoreFailed } from '../../src/taskrouter/store/store';
import { twimlEvaluation } from '../../src/taskrouter/voice/twiml/read-twiml';
import { Replays } from '../../src/taskrouter/webhooks/replays';
import type { CallbackRequest } from '../../src/taskrouter/webhooks/transport';
import type { Random } from './random';
import { type SimulatedProcess, simulatedAccount } from './simulated-process';
import type { SimulatedWorkspace } from './workspaces';

const settings = {
  instruction: [
    'none',
    'none',
    'accept',
    'accept',
    'reject',
    'dequeue',
    'call',
    'redirect',
    'conference',
    'wrong',
  ],
};

/** What the Functions respond to a callback: to an assignment callback with a random setting, to an event nothing. */
export function respondToCallback({ kind, parameters }: CallbackRequest, random: Random): object | null {
  if (kind === 'event') return null;
  const instruction = random.of(settings.instruction);
  const environment = {
    instruction,
    from: '+15550100',
    to: 'client:worker',
    url: 'https://example.com/twiml',
  };
  try {
    return assignmentCallback(parameters, environment);
  } catch (error) {
    // The Function's adapter responds with {} to an error of the policy.
    if (error instanceof CallbackError) return {};
    throw error;
  }
}

/** What a request of a Function to TaskRouter meets on its way. */
const requestFates = { fine: 30, lostRequest: 1, lostResponse: 1 } as const;

const functionNames = [
  'createTask',
  'acceptReservation',
  'rejectReservation',
  'wrapUpTask',
  'completeTask',
] as const;

/** The Functions of clients against one process of the service: real steps, the official client, injected requests. */
export class SimulatedFunctions {
  private app: FastifyInstance | null = null;

  constructor(
    private readonly process: SimulatedProcess,
    private readonly random: () => Random,
  ) {}

  /** A random Function for a task of this workspace. Resolves to its response, or to the code of its error. */
  async run(workspace: SimulatedWorkspace, random: Random): Promise<TaskResponse | string> {
    const task = random.maybeOf(this.process.engine.view.all('tasks', workspace.sid));
    const name = task ? random.of(functionNames) : 'createTask';
    const context = this.contextOf(workspace, random);
    const choice = { taskSid: task?.sid ?? '' };
    const functions: Record<(typeof functionNames)[number], () => Promise<TaskResponse>> = {
      createTask: () =>
        createTask(context, { attributes: { language: 'es' }, timeout: random.integer(60, 600) }),
      acceptReservation: () => acceptReservation(context, choice),
      rejectReservation: () => rejectReservation(context, choice),
      wrapUpTask: () => wrapUpTask(context, choice),
      completeTask: () => completeTask(context, choice),
    };
    try {
      return await functions[name]();
    } catch (error) {
      if (error instanceof LifecycleError) return error.code;
      // The client's own exceptions, which the adapter turns into responses.
      if (typeof (error as { status?: unknown }).status === 'number')
        return `status ${(error as { status: number }).status}`;
      throw error;
    }
  }

  private contextOf(workspace: SimulatedWorkspace, random: Random): StepContext {
    const { sid, authToken } = simulatedAccount;
    const httpClient = watchTransport({ request: (options) => this.request(options) } as RequestClient);
    const client = twilio(sid, authToken, { httpClient, region: '', edge: '' });
    client.taskrouter.baseUrl = 'http://localhost';
    return {
      workspace: client.taskrouter.v1.workspaces(workspace.sid),
      alerts: { ofTasks: async () => [], ofWorkspaceFile: async () => [] },
      explain: async () => null,
      signWorkerToken: () => ({ token: '', expiresAt: new Date(0) }),
      settings: {
        workflowSid: random.of(Object.values(workspace.workflows)),
        build: '',
        pollAfterMs: 1000,
        configurationErrors: () => [],
      },
    };
  }

  private async request({
    method,
    uri,
    params,
    data,
    headers,
    username,
    password,
  }: Parameters<RequestClient['request']>[0]): ReturnType<RequestClient['request']> {
    const fate = this.random().weighted(requestFates);
    if (fate === 'lostRequest') throw connectionReset();
    const url = new URL(uri);
    for (const [name, value] of Object.entries(params ?? {})) url.searchParams.set(name, String(value));
    const response = await this.server().inject({
      method: method.toUpperCase() as 'GET',
      url: url.pathname + url.search,
      headers: {
        ...(headers as Record<string, string>),
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      },
      ...(data !== undefined && { payload: new URLSearchParams(data as Record<string, string>).toString() }),
    });
    if (fate === 'lostResponse') throw connectionReset();
    return { statusCode: response.statusCode, body: response.json(), headers: response.headers } as Awaited<
      ReturnType<RequestClient['request']>
    >;
  }

  /** A store that failed is expected, and gets 503. */
  private logged(error: unknown): void {
    if (!(error instanceof StoreFailed)) this.process.reportError(error);
  }

  private server(): FastifyInstance {
    const { taskRouter, network } = this.process;
    this.app ??= createApp({
      taskRouter,
      account: { ...simulatedAccount, apiKey: { sid: `SK${'5'.repeat(32)}`, secret: '5'.repeat(32) } },
      log: { warn: () => undefined, error: (details) => this.logged(causeOf(details)) },
      journal: new Journal([]),
      replays: new Replays({
        authToken: simulatedAccount.authToken,
        clock: taskRouter.clock,
        transport: network,
        twiml: twimlEvaluation,
      }),
    });
    return this.app;
  }
}

const connectionReset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** The error in the details of a line of the service's log. */
function causeOf(details: object): unknown {
  const { err, error } = details as { err?: unknown; error?: unknown };
  return err ?? error ?? details;
}
