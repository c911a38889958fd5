import { handler as acceptReservation } from '../../functions/accept-reservation';
import { handler as cancelTask } from '../../functions/cancel-task';
import { handler as completeTask } from '../../functions/complete-task';
import { handler as createTask } from '../../functions/create-task';
import { handler as setWorkerActivity } from '../../functions/set-worker-activity';
import { handler as wrapUpTask } from '../../functions/wrap-up-task';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';
import { type FunctionResponse, functionContext, functionEvent, invoke } from '../support/twilio-runtime';

/** The sids of the tutorial's workspace, by name. */
interface TutorialSids {
  readonly workspace: string;
  readonly workflow: string;
  readonly taskQueue: string;
  readonly alice: string;
  readonly activities: Readonly<Record<string, string>>;
}

/**
 * The Functions against a TaskRouter in this process, with the tutorial's workspace: single-tasking, Alice speaks
 * Spanish and Bob does not, and both are Offline.
 */
export class Tutorial {
  /** `METHOD path` of each request that TaskRouter got, the path below the workspace. */
  readonly requests: string[] = [];

  private constructor(
    readonly taskRouter: TestTaskRouter,
    readonly sids: TutorialSids,
  ) {
    taskRouter.api.server.on('request', ({ method, url = '' }) => {
      const path = url.replace(/\?.*/, '').replace(`/v1/Workspaces/${sids.workspace}`, '');
      this.requests.push(`${method} ${path}`);
    });
  }

  static async start(): Promise<Tutorial> {
    const taskRouter = await startTestTaskRouter();
    return new Tutorial(taskRouter, await createTutorialWorkspace(taskRouter));
  }

  close(): Promise<void> {
    return this.taskRouter.close();
  }

  get workspace() {
    return this.taskRouter.client.taskrouter.v1.workspaces(this.sids.workspace);
  }

  get variables(): Record<string, unknown> {
    return {
      ACCOUNT_SID: this.taskRouter.accountSid,
      AUTH_TOKEN: this.taskRouter.authToken,
      WORKSPACE_SID: this.sids.workspace,
      WORKFLOW_SID: this.sids.workflow,
      DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
      TASKROUTER_BASE_URL: this.taskRouter.url,
    };
  }

  run(
    handler: FunctionHandler,
    parameters: Record<string, unknown> = {},
    variables: Record<string, unknown> = {},
  ): Promise<FunctionResponse> {
    const context = functionContext({ ...this.variables, ...variables });
    return invoke(handler, { context, event: functionEvent(parameters) });
  }

  /** Creates a task and brings it to this status, with Alice as its worker. */
  async taskThatIs(status: string): Promise<string> {
    if (status !== 'pending' && status !== 'canceled')
      await this.run(setWorkerActivity, { worker: 'Alice', activity: 'Idle' });
    const { task_sid } = (await this.run(createTask)).body;
    const steps: Record<string, readonly FunctionHandler[]> = {
      assigned: [acceptReservation],
      wrapping: [acceptReservation, wrapUpTask],
      completed: [acceptReservation, completeTask],
      canceled: [cancelTask],
    };
    for (const handler of steps[status] ?? []) await this.run(handler, { task_sid });
    expect((await this.workspace.tasks(task_sid).fetch()).assignmentStatus).toBe(status);
    this.requests.length = 0;
    return task_sid;
  }
}

async function createTutorialWorkspace({ client }: TestTaskRouter): Promise<TutorialSids> {
  const { workspaces } = client.taskrouter.v1;
  const { sid: workspaceSid } = await workspaces.create({
    friendlyName: 'Tutorial',
    multiTaskEnabled: false,
  });
  const workspace = workspaces(workspaceSid);
  const list = await workspace.activities.list();
  const activities = Object.fromEntries(list.map(({ friendlyName, sid }) => [friendlyName, sid]));
  const { sid: queue } = await workspace.taskQueues.create({
    friendlyName: 'Spanish',
    targetWorkers: 'languages HAS "es"',
    reservationActivitySid: activities.Reserved as string,
    assignmentActivitySid: activities.Busy as string,
    maxReservedWorkers: 2,
  });
  const spanish = { expression: 'selected_language == "es"', targets: [{ queue }] };
  const workflow = await workspace.workflows.create({
    friendlyName: 'Incoming',
    configuration: JSON.stringify({ task_routing: { filters: [spanish] } }),
    taskReservationTimeout: 120,
  });
  const alice = await workspace.workers.create({
    friendlyName: 'Alice',
    attributes: '{"languages":["en","es"]}',
  });
  await workspace.workers.create({ friendlyName: 'Bob', attributes: '{"languages":["en"]}' });
  return {
    workspace: workspaceSid,
    workflow: workflow.sid,
    taskQueue: queue,
    alice: alice.sid,
    activities,
  };
}
