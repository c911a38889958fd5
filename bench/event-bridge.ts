import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentWorkspace } from './agent-workspace';
import { Latencies } from './latencies';
import type { Figure, Measure, MeasureOptions } from './measure';
import { openLoop } from './open-loop';
import { interleaved, median, pairedRatio } from './rounds';
import { Agent, tokenOf } from './service/agents';
import { Api } from './service/api';
import { type Load, requestsPerSecond } from './service/load';
import { startProgram } from './service/processes';
import { type Service, withService } from './service/service';

const perSecond = 200;
/** More than take a task at a time, as long as the service keeps up. */
const agents = 60;
const patienceSeconds = 10;
const connected = 500;

export const eventBridge: Measure = {
  name: 'event-bridge',
  about:
    'From an available worker to the offer on the agent’s desktop at 200 tasks a second, and REST while 500 are connected',
  run: async (options) => [await offers(options), await besides(options)],
};

/** The genuine worker SDK, in this process. */
function offers({ quick, progress }: MeasureOptions): Promise<Figure> {
  return withService({ workspace: agentWorkspace(agents) }, async (service) => {
    const api = new Api(service, 32);
    progress(`connecting ${agents} agents`);
    const all = await Promise.all(
      Array.from({ length: agents }, (_, index) => Agent.connect(service, api, index)),
    );
    const latencies = new Latencies();
    try {
      progress(`${perSecond} tasks a second`);
      await run(all, quick ? 1 : 3, new Latencies());
      const late = await run(all, quick ? 5 : 20, latencies);
      return figure(latencies, late);
    } finally {
      for (const agent of all) agent.disconnect();
      await api.close();
    }
  });
}

/** @returns how many tasks no agent was free for in time */
async function run(all: readonly Agent[], seconds: number, latencies: Latencies): Promise<number> {
  const free = [...all];
  let late = 0;
  const unfinished = await openLoop({ perSecond, seconds, patienceSeconds }, new Latencies(), async () => {
    const agent = free.pop();
    if (!agent) {
      late += 1;
      return;
    }
    latencies.record(await agent.takeTask());
    free.push(agent);
  });
  return late + unfinished;
}

function figure(latencies: Latencies, late: number): Figure {
  const label = `Worker available to reservationCreated in the worker SDK, durable, at ${perSecond} tasks/s`;
  const percentiles = latencies.percentiles();
  const note = late > 0 ? `${late} tasks left out, because all ${agents} agents were busy` : undefined;
  return {
    label,
    unit: 'ms',
    value: percentiles.p50,
    percentiles,
    goals: [],
    ...(note !== undefined && { note }),
  };
}

/** REST of a service with connected agents, and of one without. */
function besides(options: MeasureOptions): Promise<Figure> {
  const workspace = agentWorkspace(connected);
  return withService({ workspace }, (alone) =>
    withService({ workspace }, async (busy) => {
      options.progress(`connecting ${connected} agents`);
      const sockets = await connectSockets(options.scratch, busy);
      try {
        return await compare(options, alone, busy);
      } finally {
        await sockets.stop();
      }
    }),
  );
}

async function compare({ quick, progress }: MeasureOptions, alone: Service, busy: Service): Promise<Figure> {
  const seconds = quick ? 0.4 : 1.5;
  progress('POST /Tasks');
  const values = await interleaved(
    quick ? 3 : 7,
    {
      alone: () => requestsPerSecond(loadOf(alone, seconds)),
      busy: () => requestsPerSecond(loadOf(busy, seconds)),
    },
    2,
  );
  return {
    label: `POST /Tasks, durable, while ${connected} agents are connected`,
    unit: '/s',
    value: median(values.busy),
    ratio: { to: 'none connected', value: pairedRatio(values.busy, values.alone) },
    goals: [{ of: 'ratio', atLeast: 0.95 }],
  };
}

/** Agents of a process of their own: they only keep their connections. */
async function connectSockets(scratch: string, service: Service) {
  const urls: string[] = [];
  for (let index = 0; index < connected; index += 1) {
    const query = new URLSearchParams({
      token: await tokenOf(service, index),
      closeExistingSessions: 'false',
    });
    urls.push(`${service.origin.replace(/^http/, 'ws')}/v1/wschannels?${query}`);
  }
  const file = path.join(scratch, 'agents.json');
  writeFileSync(file, JSON.stringify(urls), { mode: 0o600 });
  return startProgram(['-e', socketsProgram, file]);
}

/** Prints a line when all have got their first message. */
export const socketsProgram = `
  const WebSocket = require('ws');
  const urls = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'));
  Promise.all(urls.map((url) => new Promise((resolve, reject) => {
    new WebSocket(url).once('message', resolve).once('error', reject);
  }))).then(() => console.log('connected'));`;

function loadOf({ origin, headers, path: pathOf }: Service, seconds: number): Load {
  return {
    origin,
    method: 'POST',
    paths: [pathOf('/Tasks')],
    headers,
    body: new URLSearchParams({ Attributes: '{"selected_language":"es"}' }).toString(),
    connections: 32,
    seconds,
    status: 201,
  };
}
