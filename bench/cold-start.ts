import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../src/common/http-basic';
import { median } from './load';
import { bareServer, startProgram } from './processes';

const pairs = 15;

/** What a fresh instance of a Function costs, in ms. */
interface ColdStart {
  /** From the start of the process to its end. */
  readonly process: number;
  /** From the Function's `require` to its answer. */
  readonly answer: number;
}

/** A Function, and the least that could stand in its place. */
interface Comparison {
  readonly name: string;
  readonly file: string;
  readonly floorName: string;
  readonly floor: string;
  readonly status: number;
}

/**
 * Each Function in a process of its own, which loads it and calls it once, against the floor in the next process.
 * create-task's floor loads the SDK and calls nobody; create-task itself also asks a TaskRouter that answers at once.
 */
export async function coldStarts(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-bench-'));
  const taskRouter = await startProgram(bareServer(JSON.stringify(task)));
  try {
    const comparisons: Comparison[] = [
      {
        name: 'assignment-callback',
        file: path.resolve('dist/functions/assignment-callback.protected.js'),
        floorName: 'an empty Function',
        floor: write(
          folder,
          'empty.js',
          'exports.handler = (context, event, callback) => callback(null, {});',
        ),
        status: 200,
      },
      {
        name: 'create-task',
        file: path.resolve('dist/functions/create-task.js'),
        floorName: 'a Function that requires twilio',
        floor: write(
          folder,
          'sdk.js',
          `const twilio = require(${JSON.stringify(require.resolve('twilio'))});
           exports.handler = (context, event, callback) => callback(null, twilio.name);`,
        ),
        status: 201,
      },
    ];
    return comparisons.map((comparison) => compare(comparison, taskRouter.line)).join('\n');
  } finally {
    await taskRouter.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare({ name, file, floorName, floor, status }: Comparison, taskRouterUrl: string): string {
  const measure = (measured: string, wanted: number) => start(measured, taskRouterUrl, wanted);
  // Once each, so that the files are in the system's cache for both.
  measure(file, status);
  measure(floor, 200);
  const ours: ColdStart[] = [];
  const floors: ColdStart[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    ours.push(measure(file, status));
    floors.push(measure(floor, 200));
  }
  const middle = (starts: ColdStart[], part: keyof ColdStart) => median(starts.map((one) => one[part]));
  const ratio = median(ours.map((one, index) => one.process / (floors[index]?.process ?? Number.NaN)));
  const answers = `${middle(ours, 'answer').toFixed(1)} ms to load and answer, ${floorName} ${middle(floors, 'answer').toFixed(1)} ms`;
  return `cold start of ${name}: ${answers}; whole process ratio ${ratio.toFixed(2)} (median of ${pairs} pairs)`;
}

function start(file: string, taskRouterUrl: string, status: number): ColdStart {
  const started = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', instance, file, taskRouterUrl], {
    encoding: 'utf8',
  });
  const taken = performance.now() - started;
  const [answered, milliseconds] = stdout.trim().split(' ');
  if (Number(answered) !== status) throw new Error(`${file} answered ${answered}, not ${status}: ${stderr}`);
  return { process: taken, answer: Number(milliseconds) };
}

function write(folder: string, name: string, source: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, source);
  return file;
}

const sid = (prefix: string) => `${prefix}${'0'.repeat(32)}`;

const task = {
  sid: sid('WT'),
  workspace_sid: sid('WS'),
  workflow_sid: sid('WW'),
  assignment_status: 'pending',
  attributes: '{"selected_language":"es"}',
};

const operator = { username: 'operator', password: 'correct horse battery' };

const context = {
  ACCOUNT_SID: sid('AC'),
  AUTH_TOKEN: '0'.repeat(32),
  WORKSPACE_SID: sid('WS'),
  WORKFLOW_SID: sid('WW'),
  OPERATOR_USERNAME: operator.username,
  OPERATOR_PASSWORD: operator.password,
  ASSIGNMENT_INSTRUCTION: 'accept',
};

const event = {
  request: {
    headers: {
      authorization: basicAuthorization(operator.username, operator.password),
    },
    cookies: {},
  },
  selected_language: 'es',
  TaskAttributes: task.attributes,
};

/** One instance: the genuine Response class is there before, as on the platform; then one Function and one request. */
const instance = `
  const [file, taskRouterUrl] = process.argv.slice(1);
  const handlerPackage = require('node:path').dirname(${JSON.stringify(require.resolve('@twilio/runtime-handler/dev'))});
  const { Response } = require(handlerPackage + '/internal/response.js');
  globalThis.Twilio = { Response };
  const context = { ...${JSON.stringify(context)}, TASKROUTER_BASE_URL: taskRouterUrl };
  const started = performance.now();
  require(file).handler(context, ${JSON.stringify(event)}, (error, answer) => {
    const milliseconds = performance.now() - started;
    if (error) throw error;
    const status = answer instanceof Response ? answer.statusCode : 200;
    console.log(status + ' ' + milliseconds);
    process.exit();
  });`;
