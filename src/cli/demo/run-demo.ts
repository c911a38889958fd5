import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  builtFolders,
  type FunctionsProject,
  findFunctionsProject,
} from '../../host/build/functions-project';
import { type Local, startLocal } from '../../local/start-local';
import { packageRoot } from '../flags';
import { createReporter, type Reporter } from '../reporter';
import type { Terminal } from '../terminal';
import { DemoWalk } from './demo-walk';

/** Takes a task through its lifecycle in each of the two ways, on a TaskRouter and Functions of its own. @throws UnmetExpectation */
export async function runDemo(terminal: Terminal, workspaceFile: string): Promise<void> {
  const reporter = createReporter({ json: false }, terminal);
  // A new folder, so that no .env and no earlier run changes what the demo shows.
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-demo-'));
  const environmentFile = path.join(folder, '.env');
  reporter.say('Starting the local TaskRouter and the Functions on free ports, in memory …');
  try {
    const local = await startDemo(workspaceFile, environmentFile, reporter);
    try {
      await show(local, environmentFile, reporter);
    } finally {
      await local.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Accepts a task in each of the tutorial's two ways, and finishes it. @throws UnmetExpectation */
async function show(local: Local, environmentFile: string, reporter: Reporter): Promise<void> {
  const walk = new DemoWalk(
    {
      service: local.service,
      get: (location, signal) => fetch(`${local.run.functionsUrl}${location}`, { signal }),
    },
    reporter,
  );
  walk.heading('Accept over REST: the assignment callback responds with {}, /accept-reservation accepts');
  await walk.acceptByRest();

  walk.heading('Accept by instruction: the assignment callback responds with {"instruction":"accept"}');
  writeFileSync(environmentFile, 'ASSIGNMENT_INSTRUCTION=accept\n');
  await local.host?.reload();
  const task = await walk.acceptByInstruction();
  await walk.finish(task);
  reporter.say(`\n${reporter.colors.green('Both tasks reached every stage.')} Next: npx taskrouter start`);
}

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
      if (entry.level === 'warn' || entry.level === 'error') reporter.hostLog(entry);
    },
    apiLog: reporter.apiLog,
    onFailure: (failure) => reporter.apiLog.error({ error: failure }, 'the local TaskRouter failed'),
  });
}
