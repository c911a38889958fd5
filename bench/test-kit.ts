import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Figure, Measure } from './measure';
import { interleaved, median } from './rounds';

export const testKit: Measure = {
  name: 'test-kit',
  about: "The test kit: require, first start with the tutorial workspace and Twilio's client, later starts",
  async run({ quick, progress }) {
    const processes = quick ? 5 : 20;
    progress(`${processes} processes`);
    const all: Times[] = [];
    await interleaved(processes, {
      starts: () => {
        all.push(timesOfProcess());
        return 0;
      },
    });
    const counted = all.slice(1);
    const figure = (label: string, part: keyof Times, atMost: number): Figure => ({
      label: `Test kit: ${label}`,
      unit: 'ms',
      value: median(counted.map((times) => times[part])),
      goals: [{ of: 'value', atMost }],
    });
    return [
      figure('require', 'required', 40),
      figure('first start with the tutorial workspace, `twilio` included', 'first', 160),
      figure('later starts', 'later', 30),
    ];
  },
};

/** In milliseconds. */
interface Times {
  readonly required: number;
  readonly first: number;
  readonly later: number;
}

function timesOfProcess(): Times {
  const args = ['-e', program, path.resolve('dist', 'testkit', 'index.js')];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The test kit does not start: ${stderr}`);
  return JSON.parse(stdout) as Times;
}

/** What a test file does first. `client` is used, because the client may be loaded only then. */
const program = `
  const timed = async (work) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const once = async () => {
    const taskRouter = await startTaskRouter();
    taskRouter.client.taskrouter.v1.workspaces(taskRouter.workspaceSid);
    running.push(taskRouter);
  };
  const running = [];
  let startTaskRouter;
  (async () => {
    const required = await timed(() => { ({ startTaskRouter } = require(process.argv[1])); });
    const first = await timed(once);
    const times = [];
    for (let count = 0; count < 10; count += 1) times.push(await timed(once));
    const later = times.sort((left, right) => left - right)[5];
    console.log(JSON.stringify({ required, first, later }));
    for (const taskRouter of running) await taskRouter.close();
  })();`;
