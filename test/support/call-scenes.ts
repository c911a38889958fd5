import path from 'node:path';
import { startTaskRouter } from '../../src/testkit';
import type { SimulatedCall, TestTaskRouter } from '../../src/testkit/contract';
import tutorial from '../../workspace.json';
import { removeFolders, temporaryFolder } from './taskrouter-process';
import { type Serve, TwimlServer } from './twiml-server';

const authToken = 'c'.repeat(32);

/** A local TaskRouter for each test, whose application is a `TwimlServer` that checks every signature. */
export class CallScenes {
  /** What the assignment callback responds. */
  private instruction: object = {};
  /** TwiML by path. `WR…` stands for the reservation that the request names. */
  documents: Readonly<Record<string, string>> = {};
  /** How Bob's phone behaves. */
  ofBob: object = {};
  taskRouter!: TestTaskRouter;
  private readonly serve: Serve = ({ path, parameters }) => {
    if (path === '/event-callback' || path.startsWith('/status')) return { status: 204 };
    if (path !== '/assignment-callback')
      return this.documents[path]?.replaceAll('WR…', String(parameters.reservation_sid));
    const body = JSON.stringify(this.instruction).replaceAll('WR…', String(parameters.ReservationSid));
    return { headers: { 'content-type': 'application/json' }, body };
  };
  readonly server = new TwimlServer(authToken, this.serve);

  /** Registers what must happen before and after the tests of a file. */
  register(): this {
    beforeAll(() => this.server.listen());
    afterAll(() => this.server.close());
    afterAll(removeFolders);
    afterEach(async () => {
      expect(this.server.forged).toEqual([]);
      await this.taskRouter.close();
    });
    return this;
  }

  /**
   * Alice is Idle, and her phone behaves as given; a caller waits for her. Bob is Offline.
   * @param before the call
   * @param settings of the workspace
   */
  async scene(
    simulatedCall: object,
    response: (url: string) => object,
    more: Record<string, string> = {},
    before: (taskRouter: TestTaskRouter) => Promise<void> = async () => undefined,
    settings: object = {},
  ) {
    const { server } = this;
    server.will(this.serve);
    const attributes = { languages: ['es'], contact_uri: 'client:alice', simulated_call: simulatedCall };
    const workspace = {
      ...tutorial,
      ...settings,
      activities: [...tutorial.activities, { friendlyName: 'WrapUp', available: false }],
      workers: [
        { friendlyName: 'Alice', activity: 'Idle', attributes },
        { friendlyName: 'Bob', attributes: { contact_uri: 'client:bob', simulated_call: this.ofBob } },
      ],
    };
    const taskRouter = await startTaskRouter({ workspace, authToken, functionsUrl: server.url });
    this.taskRouter = taskRouter;
    const { client, workspaceSid, activities, workers, workflowSid } = taskRouter;
    const instruction = response(server.url);
    const isMoving = 'post_work_activity_sid' in instruction;
    this.instruction = isMoving ? { ...instruction, post_work_activity_sid: activities.WrapUp } : instruction;
    this.documents = {
      '/incoming-call': `<Enqueue workflowSid="${workflowSid}" action="/after"><Task>{"selected_language":"es"}</Task></Enqueue>`,
      '/after': '<Hangup/>',
      ...more,
    };
    const remote = client.taskrouter.v1.workspaces(workspaceSid);
    const calling = () => taskRouter.call({ from: '+15550111', to: '+15550100' });
    await before(taskRouter);
    const call = await calling();
    await taskRouter.advance(0);
    return {
      call,
      calling,
      remote,
      /** Status of the task and its last reservation, and Alice's activity. */
      async now(taskSid = call.taskSid) {
        const task = remote.tasks(String(taskSid));
        const reservation = (await task.reservations.list()).at(-1);
        const { activityName } = await remote.workers(workers.Alice as string).fetch();
        return [(await task.fetch()).assignmentStatus, reservation?.reservationStatus, activityName];
      },
      heard: () => heard(call),
      told: () => server.requests.find(({ path }) => path === '/after')?.parameters,
      /** Every call but the caller's, newest first. */
      others: () => taskRouter.calls().filter(({ callSid }) => callSid !== call.callSid),
      alerts: async () => {
        const { alerts } = await this.request('/_taskrouter/alerts?source=call');
        return alerts.map(({ code }: { code: number }) => code);
      },
    };
  }

  /** Stops the local TaskRouter, and starts another one with its state. */
  async restart(): Promise<void> {
    const snapshot = path.join(temporaryFolder(), 'snapshot.json');
    await this.taskRouter.saveSnapshot(snapshot);
    await this.taskRouter.close();
    this.taskRouter = await startTaskRouter({ snapshot, authToken });
  }

  /** JSON of the control API. */
  async request(path: string, form?: Readonly<Record<string, string>>) {
    const credentials = Buffer.from(`${this.taskRouter.accountSid}:${authToken}`).toString('base64');
    const headers = { authorization: `Basic ${credentials}` };
    const post = form && { method: 'POST', body: new URLSearchParams(form) };
    return (await fetch(`${this.taskRouter.url}${path}`, { headers, ...post })).json();
  }
}

/** Who said and did what, without the requests. */
export const heard = ({ transcript }: Pick<SimulatedCall, 'transcript'>): string[] =>
  transcript
    .filter(({ verb }) => verb !== 'requests' && verb !== 'calls')
    .map(({ who, verb, text }) => `${who} ${verb} ${text}`.trim());
