import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../src/common/http-basic';
import type { Figure, Measure } from './measure';
import { interleaved, median, pairedRatio } from './rounds';
import { floorServer, startProgram } from './service/processes';

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
export const coldStart: Measure = {
  name: 'cold-start',
  about: 'A new instance of a Function, against the smallest Function that could replace it',
  run: ({ quick }) => coldStarts(quick ? 5 : 15),
};

async function coldStarts(pairs: number): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-bench-'));
  const taskRouter = await startProgram(floorServer(201, JSON.stringify(task)));
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
    const figures: Figure[] = [];
    for (const comparison of comparisons) figures.push(await compare(comparison, pairs, taskRouter.line));
    return figures;
  } finally {
    await taskRouter.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(comparison: Comparison, pairs: number, taskRouterUrl: string): Promise<Figure> {
  const { name, file, baselineName, baseline, status } = comparison;
  const responses: number[] = [];
  const { ours, baselines } = await interleaved(pairs, {
    ours: () => {
      const { process, response } = start(file, taskRouterUrl, status);
      responses.push(response);
      return process;
    },
    baselines: () => start(baseline, taskRouterUrl, 200).process,
  });
  return {
    label: `Cold start of ${name}: load and respond`,
    unit: 'ms',
    value: median(responses),
    ratio: { to: `the process of ${baselineName}`, value: pairedRatio(ours, baselines) },
    goals: [],
  };
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
