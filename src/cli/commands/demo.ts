import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { type Local, startLocal } from '../../local';
import { readConfig } from '../../system/config';
import { DemoWalk } from '../demo/demo-walk';
import { projectRoot, workspaceFlag } from '../flags';
import { createReporter, type Reporter } from '../reporter';

interface DemoFlags {
  readonly workspace: string;
}

export const demo: CommandModule<object, DemoFlags> = {
  command: 'demo',
  describe: 'Take a task through its whole lifecycle, both ways of accepting, and show every stage',
  builder: (yargs) => yargs.option('workspace', workspaceFlag),
  handler: async ({ workspace }) => {
    const { colours } = readConfig(process.env);
    const reporter = createReporter({ json: false, colours });
    // A folder of its own, so that neither a .env nor an earlier run decides what the demonstration shows.
    const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-demo-'));
    const environmentFile = path.join(folder, '.env');
    reporter.say('Starting the local TaskRouter and the Functions on free ports, in memory …');
    try {
      const local = await startDemo(path.resolve(workspace), environmentFile, reporter);
      try {
        await show(local, environmentFile, reporter);
      } finally {
        await local.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The two ways of the tutorial, then the end of the work. @throws when a stage is not reached */
async function show(local: Local, environmentFile: string, reporter: Reporter): Promise<void> {
  const walk = new DemoWalk(
    {
      service: local.service,
      get: (visited, signal) => fetch(`${local.run.functionsUrl}${visited}`, { signal }),
    },
    reporter,
  );
  walk.heading('Accepting by REST: the assignment callback answers {}, /accept-reservation accepts');
  await walk.acceptByRest();

  walk.heading('Accepting by instruction: the assignment callback answers {"instruction":"accept"}');
  writeFileSync(environmentFile, 'ASSIGNMENT_INSTRUCTION=accept\n');
  await local.host?.reload();
  const task = await walk.acceptByInstruction();
  await walk.finish(task);
  reporter.say(`\n${reporter.colours.green('Both ways reached every stage.')} Next: npm start`);
}

function startDemo(workspaceFile: string, environmentFile: string, reporter: Reporter): Promise<Local> {
  return startLocal({
    projectRoot: projectRoot(),
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    dataDirectory: null,
    workspaceFile,
    environmentFile,
    operatorAuth: false,
    functions: true,
    watch: false,
    config: { accountSid: undefined, authToken: undefined },
    hostLog: (entry) => {
      if (entry.level === 'warn' || entry.level === 'error') reporter.hostLog(entry);
    },
    apiLog: reporter.apiLog,
    onFailure: (failure) => reporter.apiLog.error({ error: failure }, 'the local TaskRouter failed'),
  });
}
