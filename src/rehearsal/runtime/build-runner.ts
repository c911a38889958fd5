import type { RequestListener } from 'node:http';
import type { HostLog } from '../../host/shared/log';
import type { HostLimits } from '../../host/shared/options';
import type { Build, Environment } from '../serverless/model';
import type { BuildRunner } from '../serverless/request';
import type { ServerlessState } from '../serverless/state';
import { DeployedFunctions, type Running } from './deployed-functions';
import { type InstalledBuild, installBuild } from './install-build';

interface LocalBuildRunnerOptions {
  readonly state: ServerlessState;
  readonly account: { readonly accountSid: string; readonly authToken: string };
  /** Of this run alone. */
  readonly folder: string;
  readonly childScript: string;
  readonly processEnvironment: Readonly<Record<string, string>>;
  readonly log: HostLog;
  readonly limits?: Partial<HostLimits> | undefined;
  readonly instances?: number | undefined;
}

/** Builds what was uploaded, and runs what was deployed. */
export class LocalBuildRunner implements BuildRunner {
  readonly #options: LocalBuildRunnerOptions;
  readonly #installed = new Map<string, InstalledBuild>();
  readonly #deployed = new Map<string, DeployedFunctions>();
  readonly #building = new Set<Promise<void>>();

  constructor(options: LocalBuildRunnerOptions) {
    this.#options = options;
  }

  build(buildSid: string): void {
    const build = this.#options.state.builds.find(({ sid }) => sid === buildSid);
    if (!build) return;
    const work = this.#build(build, this.#options.state.takeFailure());
    this.#building.add(work);
    void work.then(() => this.#building.delete(work));
  }

  /** A runtime that does not start fails no deployment: it appears in the log and in the Functions' responses. */
  async activate(environmentSid: string): Promise<void> {
    const environment = this.#options.state.environments.find(({ sid }) => sid === environmentSid);
    if (!environment) return;
    await this.#deployedIn(environment)
      .refresh()
      .catch((error: Error) => this.#options.log({ level: 'error', message: error.message }));
  }

  /** The listener of a domain; undefined when no environment has it. */
  listenerAt(domainName: string): RequestListener | undefined {
    const environment = this.#options.state.environmentAt(domainName);
    return environment && this.#deployedIn(environment).listener;
  }

  async close(): Promise<void> {
    await Promise.all(this.#building);
    await Promise.all([...this.#deployed.values()].map((each) => each.close()));
  }

  async #build(build: Build, failure: string | null): Promise<void> {
    const { folder, childScript, log, state } = this.#options;
    // The response to the request that created it comes first.
    await Promise.resolve();
    try {
      if (failure !== null) throw new Error(failure);
      this.#installed.set(build.sid, await installBuild(build, folder, childScript));
      build.status = 'completed';
    } catch (error) {
      build.failure = (error as Error).message;
      build.status = 'failed';
      log({ level: 'error', message: `The build ${build.sid} failed: ${build.failure}` });
    }
    state.touch(build);
  }

  #deployedIn(environment: Environment): DeployedFunctions {
    const known = this.#deployed.get(environment.sid);
    if (known) return known;
    const { account, processEnvironment, log, limits, instances } = this.#options;
    const deployed = new DeployedFunctions({
      domainName: environment.domainName,
      authToken: account.authToken,
      running: () => this.#runningIn(environment),
      processEnvironment,
      log,
      limits,
      instances,
    });
    this.#deployed.set(environment.sid, deployed);
    return deployed;
  }

  #runningIn(environment: Environment): Running | null {
    const build = this.#installed.get(environment.buildSid ?? '');
    return build ? { build, context: this.#contextOf(environment) } : null;
  }

  /**
   * The contents of `context` except DOMAIN_NAME and PATH, which the runtime handler sets: the variables, which cannot
   * override the sids (https://www.twilio.com/docs/serverless/functions-assets/functions/variables), and the credentials
   * of a Service that includes them.
   */
  #contextOf(environment: Environment): Record<string, string> {
    const { state, account } = this.#options;
    const service = state.services.find(({ sid }) => sid === environment.serviceSid);
    const variables = state.variablesOf(environment).map(({ key, value }) => [key, value]);
    return {
      ...Object.fromEntries(variables),
      SERVICE_SID: environment.serviceSid,
      ENVIRONMENT_SID: environment.sid,
      ...(service?.includeCredentials && { ACCOUNT_SID: account.accountSid, AUTH_TOKEN: account.authToken }),
    };
  }
}
