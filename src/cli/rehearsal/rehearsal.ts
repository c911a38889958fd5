import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { basicAuthorization } from '../../common/http-basic';
import type { TwilioEmulator } from '../../rehearsal/emulator';
import { copyProject, type ProjectCopy } from '../../rehearsal/project';
import { runTool } from '../../rehearsal/run-tool';
import { DemoWalk, type Stage } from '../demo/demo-walk';
import { UnmetExpectation } from '../errors';
import type { Reporter } from '../reporter';

export interface RehearsalOptions {
  readonly emulator: TwilioEmulator;
  /** Absolute. */
  readonly workspaceFile: string;
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
const timeoutMs = 10_000;

/** A first deployment to an empty account, the lifecycle on what was uploaded, and a second deployment over it. */
export class Rehearsal {
  readonly #walk: DemoWalk;
  readonly #operator = { username: 'operator', password: randomBytes(12).toString('base64url') };

  constructor(private readonly options: RehearsalOptions) {
    const { emulator, reporter } = options;
    const get = (location: string, signal: AbortSignal) => this.#ask(location, { signal });
    this.#walk = new DemoWalk({ service: emulator.taskRouter, get }, reporter);
  }

  /** @throws UnmetExpectation */
  async perform(): Promise<RehearsalOutcome> {
    this.#walk.heading('Twilio emulator, with an empty account');
    const project = await copyProject(this.options.projectRoot, this.#variables());
    try {
      await this.#deploy(
        project,
        'First deployment: workspace, upload by the genuine twilio-run, wire, prove',
      );
      const build = await this.#checkGuards();
      this.#walk.heading('The lifecycle on the uploaded Functions, accepting by REST');
      await this.#walk.acceptByRest();
      await appendFile(path.join(project.folder, '.env.deploy'), 'ASSIGNMENT_INSTRUCTION=accept\n');
      await this.#deploy(project, 'Second deployment, with ASSIGNMENT_INSTRUCTION=accept');
      this.#walk.heading('The lifecycle once more, accepting by instruction');
      await this.#walk.finish(await this.#walk.acceptByInstruction());
      return { domain: this.#domain, build, stages: this.#walk.stages };
    } finally {
      await project.remove();
    }
  }

  get #domain(): string {
    const [environment] = this.options.emulator.serverless.environments;
    if (!environment) throw new UnmetExpectation('Nothing was deployed.');
    return environment.domainName;
  }

  get #origin(): string {
    return `https://${this.#domain}`;
  }

  #ask(visited: string, given: { readonly signal: AbortSignal }) {
    const { username, password } = this.#operator;
    const authorization = basicAuthorization(username, password);
    return this.options.emulator.fetch(`${this.#origin}${visited}`, { ...given, headers: { authorization } });
  }

  /** As a person would: the command, in a clone of the project. */
  async #deploy({ folder }: ProjectCopy, title: string): Promise<void> {
    const { emulator, projectRoot, workspaceFile, environment, reporter } = this.options;
    this.#walk.heading(title);
    const { code, output } = await runTool({
      script: path.join(projectRoot, 'dist', 'cli', 'taskrouter.js'),
      args: ['deploy', '--workspace', workspaceFile],
      cwd: folder,
      environment: { ...environment, ...environmentOf(emulator) },
      onLine: (line) => reporter.say(reporter.colours.dim(`    ${line.trimEnd()}`)),
    });
    const failure = emulator.serverless.builds.at(-1)?.failure;
    if (code !== 0) throw new UnmetExpectation(`taskrouter deploy ended with ${code}: ${failure ?? output}`);
    this.#walk.recordStage(
      'Deployed, wired and proved',
      emulator.serverless.deployments.at(-1)?.buildSid ?? '',
    );
  }

  /** @returns the deployed build */
  async #checkGuards(): Promise<string> {
    const unsigned = await this.options.emulator.fetch(`${this.#origin}/assignment-callback`, {
      method: 'POST',
      body: new URLSearchParams({ TaskSid: 'WT' }),
    });
    this.#walk.expect('the answer to an unsigned assignment callback', unsigned.status, 403);
    this.#walk.recordStage('Unsigned callback refused', '403');
    const page = await this.#ask('/', { signal: AbortSignal.timeout(timeoutMs) });
    this.#walk.expect('the answer of the page', page.status, 200);
    this.#walk.recordStage('Page at / answers', page.headers.get('content-type') ?? '');
    const lifecycle = await this.#ask('/lifecycle', { signal: AbortSignal.timeout(timeoutMs) });
    this.#walk.expect('the answer of /lifecycle', lifecycle.status, 200);
    const { build } = (await lifecycle.json()) as { build: string };
    this.#walk.recordStage('Sources are named', `build ${build}`);
    return build;
  }

  /** What `.env.deploy` says; deploying adds the workspace. */
  #variables(): Record<string, string> {
    return {
      // Listed and empty: the tool takes them from its environment, and uploads them never.
      ACCOUNT_SID: '',
      AUTH_TOKEN: '',
      OPERATOR_USERNAME: this.#operator.username,
      OPERATOR_PASSWORD: this.#operator.password,
      DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
    };
  }
}

/**
 * In which a process reaches the emulator as its only account, under the names of the CLI, of the SDKs and of the toolkit;
 * an API key of the real account would go before the token.
 */
export function environmentOf({ account, environment }: TwilioEmulator): Record<string, string> {
  return {
    ...environment,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_API_KEY: '',
    TWILIO_API_SECRET: '',
    ACCOUNT_SID: account.accountSid,
    AUTH_TOKEN: account.authToken,
  };
}
