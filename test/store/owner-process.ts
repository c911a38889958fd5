import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { build, type Plugin } from 'esbuild';

const { threadPlugin } = require('../../scripts/thread-esbuild') as { threadPlugin: Plugin };

/** A real process that uses the store as a program would. It reads commands from its standard input. */
export interface StoreProcess {
  readonly pid: number;
  /** Sends a line to the process. */
  tell(line: string): void;
  /** Resolves with the next line of output. */
  hear(): Promise<string>;
  /** Kills the process as a crash would. Resolves with every line that it still wrote. */
  kill(): Promise<string[]>;
}

/** "open DIRECTORY" prints "opened" or the error, "close" prints "closed", and "run" commits until it is killed. */
const program = `
  import { createInterface } from 'node:readline';
  import { openDataDirectory } from './src/taskrouter/store/data-directory';
  import { eventAt, put, sid, time } from './test/store/samples';
  let store;
  const say = (line) => process.stdout.write(line + '\\n');
  const commands = {
    open(directory) {
      try {
        store = openDataDirectory(directory);
        say('opened');
      } catch (error) {
        say(error.reason + ': ' + error.message);
      }
    },
    async close() {
      await store.close();
      say('closed');
    },
    async run() {
      const number = store.load().sequence + 1;
      await store.commitBatch({
        time,
        changes: [put('tasks', { sid: sid('WT', number), sequence: number })],
        events: [eventAt(number), eventAt(number + 1)],
      });
      say(String(number));
      setImmediate(commands.run);
    },
  };
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [command, argument] = line.split(' ');
    commands[command](argument);
  });
  say('ready');
`;

let compiled: Promise<string> | undefined;

/** Starts a process that has not opened a store yet. */
export async function startStoreProcess(): Promise<StoreProcess> {
  compiled ??= compile();
  const child = spawn(process.execPath, ['-e', await compiled], { stdio: ['pipe', 'pipe', 'inherit'] });
  const started = talkTo(child);
  if ((await started.hear()) !== 'ready') throw new Error('the process did not start');
  return started;
}

async function compile(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['libsql'],
    plugins: [threadPlugin],
  });
  return outputFiles[0]?.text ?? '';
}

function talkTo(child: ChildProcess): StoreProcess {
  const { stdin, stdout } = child;
  if (!stdin || !stdout || !child.pid) throw new Error('the process could not be started');
  const exited = once(child, 'exit');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    tell: (line) => stdin.write(`${line}\n`),
    hear: async () => (await lines.next()).value,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
      const rest: string[] = [];
      for (let line = await lines.next(); !line.done; line = await lines.next()) rest.push(line.value);
      return rest;
    },
  };
}
