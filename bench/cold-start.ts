import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../src/common/http-basic';
import { median } from './load';
import { bareServer, startProgram } from './processes';

const pairs = 15;

/** How long a new instance of a Function takes, in ms. */
interface ColdStart {
  /** From the start of the process to its end. */
  readonly process: number;
  /** From the Function's `require` to its response. */
  readonly response: number;
}

/** A Function, and the smallest Function that could replace it. */
interface Comparison {
  readonly name: string;
  readonly file: string;
  readonly baselineName: string;
  readonly baseline: string;
  readonly status: number;
}

/**
 * Loads and calls each Function once in its own process, and compares it with the baseline in the next process.
 * The baseline of create-task loads the SDK. create-task itself also sends a request to a server that responds at once.
 */
export async function coldStarts(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-bench-'));
  const taskRouter = await startProgram(bareServer(JSON.stringify(task)));
  try {
    const comparisons: Comparison[] = [
      {
        name: 'assignment-callback',
        file: path.resolve('dist/functions/assignment-callback.protected.js'),
        baselineName: 'an empty Function',
        baseline: write(
          folder,
          'empty.js',
          'exports.handler = (context, event, callback) => callback(null, {});',
        ),
        status: 200,
      },
      {
        name: 'create-task',
        file: path.resolve('dist/functions/create-task.js'),
        baselineName: 'a Function that requires twilio',
        baseline: write(
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

function compare({ name, file, baselineName, baseline, status }: Comparison, taskRouterUrl: string): string {
  const measure = (measured: string, wanted: number) => start(measured, taskRouterUrl, wanted);
  // Once each, so the files of both are in the system's cache.
  measure(file, status);
  measure(baseline, 200);
  const ours: ColdStart[] = [];
  const baselines: ColdStart[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    ours.push(measure(file, status));
    baselines.push(measure(baseline, 200));
  }
  const middle = (starts: ColdStart[], part: keyof ColdStart) => median(starts.map((one) => one[part]));
  const ratio = median(ours.map((one, index) => one.process / (baselines[index]?.process ?? Number.NaN)));
  const responses = `${middle(ours, 'response').toFixed(1)} ms to load and respond, ${baselineName} ${middle(baselines, 'response').toFixed(1)} ms`;
  return `cold start of ${name}: ${responses}; whole process ratio ${ratio.toFixed(2)} (median of ${pairs} pairs)`;
}

function start(file: string, taskRouterUrl: string, status: number): ColdStart {
  const started = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', instance, file, taskRouterUrl], {
    encoding: 'utf8',
  });
  const taken = performance.now() - started;
  const [returned, milliseconds] = stdout.trim().split(' ');
  if (Number(returned) !== status)
    throw new Error(`${file} returned ${returned}, expected ${status}: ${stderr}`);
  return { process: taken, response: Number(milliseconds) };
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

/** One instance with one request. Twilio's Response class is loaded first, as on the platform. */
const instance = `
  const [file, taskRouterUrl] = process.argv.slice(1);
  const handlerPackage = require('node:path').dirname(${JSON.stringify(require.resolve('@twilio/runtime-handler/dev'))});
  const { Response } = require(handlerPackage + '/internal/response.js');
  globalThis.Twilio = { Response };
  const context = { ...${JSON.stringify(context)}, TASKROUTER_BASE_URL: taskRouterUrl };
  const started = performance.now();
  require(file).handler(context, ${JSON.stringify(event)}, (error, response) => {
    const milliseconds = performance.now() - started;
    if (error) throw error;
    const status = response instanceof Response ? response.statusCode : 200;
    console.log(status + ' ' + milliseconds);
    process.exit();
  });`;
