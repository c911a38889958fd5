import { basicAuthorization } from '../../src/common/http-basic';
import { startTaskRouter } from '../../src/testkit';
import type { TestTaskRouter } from '../../src/testkit/contract';
import tutorial from '../../workspace.json';
import { type Serve, TwimlServer } from './twiml-server';

const authToken = 'e'.repeat(32);

/** A call of the test kit. */
export type Call = Awaited<ReturnType<TestTaskRouter['call']>>;

/** A local TaskRouter whose calls get their TwiML from an application in the test. */
export class SimulatedApplication {
  readonly server = new TwimlServer(authToken, () => undefined);
  taskRouter!: TestTaskRouter;

  /** Without callbacks of TaskRouter, which the application does not answer. */
  async start(workers: readonly object[] = tutorial.workers): Promise<void> {
    await this.server.listen();
    const { eventCallbackUrl: _, ...rest } = tutorial;
    const workflows = tutorial.workflows.map((each) => ({ ...each, assignmentCallbackUrl: undefined }));
    const workspace = { ...rest, workflows, workers };
    this.taskRouter = await startTaskRouter({ workspace, authToken, functionsUrl: this.server.url });
  }

  async close(): Promise<void> {
    await this.taskRouter.close();
    await this.server.close();
  }

  /** A call to the path; the application responds with one text of TwiML to each path, and with 404 to any other. */
  calling(documents: Readonly<Record<string, string>> | Serve, options: object = {}): Promise<Call> {
    this.server.will(typeof documents === 'function' ? documents : ({ path }) => documents[path]);
    return this.taskRouter.call({ from: '+15550111', ...options });
  }

  /** What the last request to a path said. */
  told(path: string): Readonly<Record<string, string>> | undefined {
    return this.server.requests.findLast((request) => request.path === path)?.parameters;
  }

  /** The alerts about a call: code and text, newest first. */
  async alertsOf({ callSid }: Pick<Call, 'callSid'>): Promise<string[]> {
    const { body } = await this.request('/_taskrouter/alerts?source=call');
    const about = body.alerts.filter((alert: { resource_sid: string }) => alert.resource_sid === callSid);
    return about.map(({ code, detail }: { code: number; detail: string }) => `${code} ${detail}`);
  }

  /** Those of every request to the local TaskRouter. */
  get headers() {
    return { authorization: basicAuthorization(this.taskRouter.accountSid, authToken) };
  }

  async request(path: string, form?: Readonly<Record<string, string>>) {
    const response = await fetch(`${this.taskRouter.url}${path}`, {
      headers: this.headers,
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    return { status: response.status, body: await response.json() };
  }
}

/** What was heard and done on a call, without the requests: `Say Hello`. */
export const heard = ({ transcript }: Call): string[] =>
  transcript
    .filter(({ verb }) => verb !== 'requests' && verb !== 'calls')
    .map(({ verb, text }) => `${verb} ${text}`.trim());
