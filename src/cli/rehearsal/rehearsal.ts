import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { basicAuthorization } from '../../common/http-basic';
import type { TwilioEmulator } from '../../rehearsal/emulator';
import { copyProject, type ProjectCopy } from '../../rehearsal/project';
import type { ToolResult } from '../../rehearsal/run-tool';
import { accountByToken } from '../../system/twilio-account';
import type { Workspace } from '../../taskrouter/model/entities';
import { DemoWalk } from '../demo/demo-walk';
import { callAlice, giveAliceAPhone } from '../demo/phone-of-alice';
import type { WalkTarget } from '../demo/routing-stages';
import { type Stage, StageLog } from '../demo/stage-log';
import { VoiceWalk } from '../demo/voice-walk';
import { UnmetExpectation } from '../errors';
import type { Reporter } from '../reporter';

interface RehearsalOptions {
  readonly emulator: TwilioEmulator;
  /** Absolute. */
  readonly workspaceFile: string;
  readonly projectRoot: string;
  readonly reporter: Reporter;
  readonly runDeploy: RunDeploy;
}

/** Runs `taskrouter deploy` with these arguments in a folder, against an emulator. */
export type RunDeploy = (
  emulator: TwilioEmulator,
  folder: string,
  args: readonly string[],
  onLine: (line: string) => void,
) => Promise<ToolResult>;

export interface RehearsalOutcome {
  readonly domain: string;
  /** The digest of the deployed sources, as `/lifecycle` returns it. */
  readonly build: string;
  readonly stages: readonly Stage[];
}

/** The longest wait for a response. */
const timeoutMs = 10_000;

/**
 * Deploys to an empty account and again over that, and takes a task through the lifecycle after each deployment; after the
 * first one also a call, because that needs another instruction than the callback of the second one.
 */
export class Rehearsal {
  readonly #options: RehearsalOptions;
  readonly #log: StageLog;
  readonly #target: WalkTarget;
  readonly #walk: DemoWalk;
  readonly #operator = { username: 'operator', password: randomBytes(12).toString('base64url') };

  constructor(options: RehearsalOptions) {
    this.#options = options;
    const { emulator, reporter } = options;
    const get = (location: string, signal: AbortSignal) => this.#request(location, { signal });
    this.#log = new StageLog(reporter);
    this.#target = { service: emulator.taskRouter, get };
    this.#walk = new DemoWalk(this.#target, this.#log);
  }

  /** @throws UnmetExpectation */
  async perform(): Promise<RehearsalOutcome> {
    this.#log.heading('Twilio emulator, with an empty account');
    const project = await copyProject(this.#options.projectRoot, this.#variables());
    try {
      await this.#deploy(project, 'First deployment: workspace, upload with twilio-run, wire, prove');
      const build = await this.#checkGuards();
      this.#log.heading('Lifecycle on the deployed Functions, accepted through the REST API');
      await this.#walk.acceptByRest();
      this.#log.heading('A call on the deployed Functions: Alice hears who calls, and presses a key');
      await this.#takeCall();
      await appendFile(path.join(project.folder, '.env.deploy'), 'ASSIGNMENT_INSTRUCTION=accept\n');
      await this.#deploy(project, 'Second deployment, with ASSIGNMENT_INSTRUCTION=accept');
      this.#log.heading('Lifecycle again, accepted by instruction');
      await this.#walk.finish(await this.#walk.acceptByInstruction());
      return { domain: this.#domain, build, stages: this.#log.stages };
    } finally {
      await project.remove();
    }
  }

  get #domain(): string {
    const [environment] = this.#options.emulator.serverless.environments;
    if (!environment) throw new UnmetExpectation('Nothing is deployed.');
    return environment.domainName;
  }

  get #origin(): string {
    return `https://${this.#domain}`;
  }

  async #takeCall(): Promise<void> {
    const { emulator } = this.#options;
    const account = accountByToken(emulator.account);
    const { taskRouter, url } = emulator.taskRouter;
    const [workspace] = taskRouter.view.all('workspaces');
    const access = { account, url, workspaceSid: (workspace as Workspace).sid };
    await giveAliceAPhone(access);
    const functionsUrl = this.#origin;
    const post = (address: string) => emulator.fetch(address, { method: 'POST' });
    const walk = new VoiceWalk({ ...this.#target, account, functionsUrl, post }, this.#log);
    await walk.take({
      outcome: 'no_instruction',
      call: (offer) => callAlice(access, offer, functionsUrl),
      take: (control, callSid) => control.proceed(callSid, { digits: '1' }),
      activityAfter: 'Busy',
    });
  }

  #request(url: string, init: { readonly signal: AbortSignal }) {
    const { username, password } = this.#operator;
    const authorization = basicAuthorization(username, password);
    return this.#options.emulator.fetch(`${this.#origin}${url}`, { ...init, headers: { authorization } });
  }

  /** Runs the command in a clone of the project, as a person would. */
  async #deploy({ folder }: ProjectCopy, title: string): Promise<void> {
    const { emulator, workspaceFile, reporter, runDeploy } = this.#options;
    this.#log.heading(title);
    const { code, output } = await runDeploy(emulator, folder, ['--workspace', workspaceFile], (line) =>
      reporter.say(reporter.colors.dim(`    ${line.trimEnd()}`)),
    );
    const failure = emulator.serverless.builds.at(-1)?.failure;
    if (code !== 0) throw new UnmetExpectation(`taskrouter deploy exited with ${code}: ${failure ?? output}`);
    this.#log.reached('Deployed, wired, and proved', emulator.serverless.deployments.at(-1)?.buildSid ?? '');
  }

  /** @returns the deployed build */
  async #checkGuards(): Promise<string> {
    const unsigned = await this.#options.emulator.fetch(`${this.#origin}/assignment-callback`, {
      method: 'POST',
      body: new URLSearchParams({ TaskSid: 'WT' }),
    });
    this.#log.expect('the status of an unsigned assignment callback', unsigned.status, 403);
    this.#log.reached('Unsigned callback rejected', '403');
    const page = await this.#request('/', { signal: AbortSignal.timeout(timeoutMs) });
    this.#log.expect('the status of the page', page.status, 200);
    this.#log.reached('Page responds at /', page.headers.get('content-type') ?? '');
    const lifecycle = await this.#request('/lifecycle', { signal: AbortSignal.timeout(timeoutMs) });
    this.#log.expect('the status of /lifecycle', lifecycle.status, 200);
    const { build } = (await lifecycle.json()) as { build: string };
    this.#log.reached('Build is named', `build ${build}`);
    return build;
  }

  /** The content of `.env.deploy`; the deployment adds the workspace. */
  #variables(): Record<string, string> {
    return {
      // Empty: twilio-run reads them from its environment and does not upload them.
      ACCOUNT_SID: '',
      AUTH_TOKEN: '',
      OPERATOR_USERNAME: this.#operator.username,
      OPERATOR_PASSWORD: this.#operator.password,
      DEFAULT_TASK_ATTRIBUTES: '{"selected_language":"es"}',
    };
  }
}
