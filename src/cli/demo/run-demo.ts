import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  builtFolders,
  type FunctionsProject,
  findFunctionsProject,
} from '../../host/build/functions-project';
import { type Local, startLocal } from '../../local/start-local';
import { accountByToken } from '../../system/twilio-account';
import { packageRoot } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import type { Terminal } from '../terminal';
import { DemoWalk } from './demo-walk';
import { giveAliceAPhone, postWorkActivity } from './phone-of-alice';
import type { WalkTarget } from './routing-stages';
import { StageLog } from './stage-log';
import { VoiceWalk } from './voice-walk';

/** What a demo has. */
interface Scene {
  readonly local: Local;
  readonly reporter: Reporter;
  readonly log: StageLog;
  /** Sets variables of the Functions. */
  configure(variables: Readonly<Record<string, string>>): Promise<void>;
}

/** Shows something on a TaskRouter and Functions of its own. @throws UnmetExpectation */
export async function runDemo(
  terminal: Terminal,
  workspaceFile: string,
  show: (scene: Scene) => Promise<void>,
): Promise<void> {
  const reporter = createReporter({ json: false }, terminal);
  // A new folder, so that no .env and no earlier run changes what the demo shows.
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-demo-'));
  const environmentFile = path.join(folder, '.env');
  reporter.say('Starting the local TaskRouter and the Functions on free ports, in memory …');
  try {
    const local = await startDemo(workspaceFile, environmentFile, reporter);
    const configure = async (variables: Readonly<Record<string, string>>) => {
      const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
      writeFileSync(environmentFile, lines.join(''));
      await local.host?.reload();
    };
    try {
      await show({ local, reporter, log: new StageLog(reporter), configure });
    } finally {
      await local.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Accepts a task in each of the tutorial's two ways, and finishes it. @throws UnmetExpectation */
export async function showLifecycle({ local, reporter, log, configure }: Scene): Promise<void> {
  const walk = new DemoWalk(walkTarget(local), log);
  log.heading('Accept over REST: the assignment callback responds with {}, /accept-reservation accepts');
  await walk.acceptByRest();

  log.heading('Accept by instruction: the assignment callback responds with {"instruction":"accept"}');
  await configure({ ASSIGNMENT_INSTRUCTION: 'accept' });
  await walk.finish(await walk.acceptByInstruction());
  reporter.say(`\n${reporter.colors.green('Both tasks reached every stage.')} Next: npx taskrouter start`);
}

/** Takes a call as in the third part of the tutorial. @throws UnmetExpectation */
export async function showCall({ local, reporter, log, configure }: Scene): Promise<void> {
  const { credentials, service, run } = local;
  const account = accountByToken(credentials);
  const functionsUrl = run.functionsUrl as string;
  const post = (url: string) => fetch(url, { method: 'POST' });
  const walk = new VoiceWalk({ ...walkTarget(local), account, functionsUrl, post }, log);
  log.heading('A call: the assignment callback responds with {"instruction":"dequeue"}');
  const postWorkActivitySid = await giveAliceAPhone({
    account,
    url: service.url,
    workspaceSid: run.workspaceSid,
  });
  await configure({ ASSIGNMENT_INSTRUCTION: 'dequeue', POST_WORK_ACTIVITY_SID: postWorkActivitySid });
  await walk.take({ outcome: 'instruction:dequeue', activityAfter: postWorkActivity });
  const next = 'npx taskrouter start, then npx taskrouter call --from +15550111 --digits 1';
  reporter.say(`\n${reporter.colors.green('The call reached every stage.')} Next: ${next}`);
}

const walkTarget = ({ service, run }: Local): WalkTarget => ({
  service,
  get: (location, signal) => fetch(`${run.functionsUrl}${location}`, { signal }),
});

/** From their sources in a clone; the package has them built. */
const ownFunctions = (projectRoot: string): FunctionsProject =>
  findFunctionsProject(projectRoot) ?? { projectRoot, ...builtFolders };

function startDemo(workspaceFile: string, environmentFile: string, reporter: Reporter): Promise<Local> {
  return startLocal({
    packageRoot: packageRoot(),
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    dataDirectory: null,
    workspaceFile,
    environmentFile,
    operatorAuth: false,
    functions: ownFunctions(packageRoot()),
    watch: false,
    config: { accountSid: undefined, authToken: undefined },
    hostLog: (entry) => {
      // Warnings are expected: an unsigned request is rejected.
      if (entry.level === 'error') reporter.hostLog(entry);
    },
    apiLog: reporter.apiLog,
    onFailure: (failure) => reporter.apiLog.error({ error: failure }, 'the local TaskRouter failed'),
  });
}
