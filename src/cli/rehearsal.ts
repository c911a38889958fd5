import { randomBytes } from 'node:crypto';
import type { RehearsalCloud } from '../rehearsal/cloud';
import { copyProject, type ProjectCopy } from '../rehearsal/project';
import { accountByToken } from '../system/twilio-account';
import { type AppliedWorkspace, applyWorkspace } from '../workspace/apply';
import { connect } from '../workspace/client';
import type { DesiredWorkspace } from '../workspace/desired';
import { DemoWalk, type Stage } from './demo-walk';
import type { Reporter } from './reporter';
import { UnmetExpectation } from './unmet-expectation';

export interface RehearsalOptions {
  readonly cloud: RehearsalCloud;
  readonly desired: DesiredWorkspace;
  readonly projectRoot: string;
  readonly reporter: Reporter;
  /** Of this process, for the tools it starts. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface RehearsalOutcome {
  readonly domain: string;
  /** Names the sources that were deployed, as `/lifecycle` shows it. */
  readonly build: string;
  readonly stages: readonly Stage[];
}

/** In ms. */
const patience = 10_000;

/** A first deployment to an empty account, the lifecycle on what was uploaded, and a second deployment over it. */
export class Rehearsal {
  readonly #walk: DemoWalk;
  readonly #operator = { username: 'operator', password: randomBytes(12).toString('base64url') };

  constructor(private readonly options: RehearsalOptions) {
    const { cloud, reporter } = options;
    const visit = (visited: string, signal: AbortSignal) => this.#ask(visited, { signal });
    this.#walk = new DemoWalk({ service: cloud.taskRouter, visit }, reporter);
  }

  /** @throws UnmetExpectation */
  async perform(): Promise<RehearsalOutcome> {
    this.#walk.heading("An empty account: a stand-in for Twilio's cloud, on this computer alone");
    const applied = await this.#applyWorkspace(null);
    this.#walk.stage('Workspace applied', applied.workspaceSid);
    const variables = this.#variablesFor(applied);
    await this.#deploy('First deployment, by the genuine twilio-run', variables);
    await this.#applyWorkspace(this.#origin);
    this.#walk.stage('Callbacks wired', this.#origin);
    const build = await this.#checkGuards();
    this.#walk.heading('The lifecycle on the uploaded Functions, accepting by REST');
    await this.#walk.acceptByRest();
    await this.#deploy('Second deployment, with ASSIGNMENT_INSTRUCTION=accept', {
      ...variables,
      ASSIGNMENT_INSTRUCTION: 'accept',
    });
    this.#walk.heading('The lifecycle once more, accepting by instruction');
    await this.#walk.finish(await this.#walk.acceptByInstruction());
    return { domain: this.#domain, build, stages: this.#walk.stages };
  }

  get #domain(): string {
    const [environment] = this.options.cloud.serverless.environments;
    if (!environment) throw new UnmetExpectation('Nothing was deployed.');
    return environment.domainName;
  }

  get #origin(): string {
    return `https://${this.#domain}`;
  }

  #ask(visited: string, given: { readonly signal: AbortSignal }) {
    const { username, password } = this.#operator;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return this.options.cloud.fetch(`${this.#origin}${visited}`, { ...given, headers: { authorization } });
  }

  #applyWorkspace(functionsUrl: string | null): Promise<AppliedWorkspace> {
    const { cloud, desired } = this.options;
    const client = connect(accountByToken(cloud.account), cloud.taskRouter.url);
    return applyWorkspace({ client, desired, functionsUrl });
  }

  async #deploy(title: string, variables: Readonly<Record<string, string>>): Promise<void> {
    const { projectRoot, reporter } = this.options;
    this.#walk.heading(title);
    const project = await copyProject(projectRoot, variables, (line) =>
      reporter.say(reporter.colours.dim(`           ${line.trimEnd()}`)),
    );
    try {
      await this.#runDeploy(project);
    } finally {
      await project.remove();
    }
  }

  async #runDeploy(project: ProjectCopy): Promise<void> {
    const { cloud, environment } = this.options;
    const { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN } = cloud.account;
    const all = { ...environment, ACCOUNT_SID, AUTH_TOKEN, ...cloud.environment };
    const { code, output } = await project.twilioRun(['deploy'], all);
    const failure = cloud.serverless.builds.at(-1)?.failure;
    if (code !== 0) throw new UnmetExpectation(`twilio-run deploy ended with ${code}: ${failure ?? output}`);
    this.#walk.stage('Deployed', cloud.serverless.deployments.at(-1)?.buildSid ?? '');
  }

  /** @returns the deployed build */
  async #checkGuards(): Promise<string> {
    const unsigned = await this.options.cloud.fetch(`${this.#origin}/assignment-callback`, {
      method: 'POST',
      body: new URLSearchParams({ TaskSid: 'WT' }),
    });
    this.#walk.expect('the answer to an unsigned assignment callback', unsigned.status, 403);
    this.#walk.stage('Unsigned callback refused', '403');
    const page = await this.#ask('/', { signal: AbortSignal.timeout(patience) });
    this.#walk.expect('the answer of the page', page.status, 200);
    this.#walk.stage('Page at / answers', page.headers.get('content-type') ?? '');
    const lifecycle = await this.#ask('/lifecycle', { signal: AbortSignal.timeout(patience) });
    this.#walk.expect('the answer of /lifecycle', lifecycle.status, 200);
    const { build } = (await lifecycle.json()) as { build: string };
    this.#walk.stage('Sources are named', `build ${build}`);
    return build;
  }

  /** What `.env.deploy` says. */
  #variablesFor({ workspaceSid, workflows }: AppliedWorkspace): Record<string, string> {
    return {
      // Listed and empty: the tool takes them from its environment, and uploads them never.
      ACCOUNT_SID: '',
      AUTH_TOKEN: '',
      WORKSPACE_SID: workspaceSid,
      WORKFLOW_SID: Object.values(workflows)[0] ?? '',
      OPERATOR_USERNAME: this.#operator.username,
      OPERATOR_PASSWORD: this.#operator.password,
      DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
    };
  }
}
