import type { Figure, Goal, Measure, MeasureOptions } from './measure';
import { interleaved, median, pairedRatio } from './rounds';
import { withFloor } from './service/floor';
import { type Load, requestsPerSecond } from './service/load';
import { type Prism, startPrism } from './service/prism';
import { type Service, withService } from './service/service';

const connections = 32;
const goals = {
  durable: [{ of: 'ratio', atLeast: 0.2, stretch: 0.3 }],
  memory: [{ of: 'ratio', atLeast: 0.35, stretch: 0.45 }],
  prism: [{ of: 'ratio', atLeast: 10 }],
} as const satisfies Record<string, readonly Goal[]>;

export const createTask: Measure = {
  name: 'create-task',
  about: 'POST /Tasks, durable and in memory, against the floor and against Prism',
  run: (options) =>
    withService({}, (durable) =>
      withService({ data: null }, (memory) =>
        withFloor(loadOf(durable, 0), (floor) =>
          withPrism(options, (prism) => compare(options, { durable, memory, floor, prism })),
        ),
      ),
    ),
};

interface Peers {
  readonly durable: Service;
  readonly memory: Service;
  /** Origins. */
  readonly floor: string;
  readonly prism: string | null;
}

async function compare(options: MeasureOptions, peers: Peers): Promise<Figure[]> {
  const load = loadOf(peers.durable, options.quick ? 0.4 : 1.5);
  const measured = (side: Partial<Load>) => () => requestsPerSecond({ ...load, ...side });
  options.progress(`${connections} connections`);
  const values = await interleaved(
    options.quick ? 3 : 7,
    {
      durable: measured({}),
      memory: measured(loadOf(peers.memory, load.seconds)),
      floor: measured({ origin: peers.floor }),
      prism: peers.prism === null ? () => Number.NaN : measured({ origin: peers.prism }),
    },
    3,
  );
  return figures(values, peers.prism !== null);
}

function figures(
  { durable, memory, floor, prism }: Readonly<Record<keyof Peers, readonly number[]>>,
  hasPrism: boolean,
): Figure[] {
  const label = `POST /Tasks, ${connections} connections`;
  const rate = { unit: '/s', value: median(durable), goals: [] } as const;
  const against = (to: string, ours: readonly number[], others: readonly number[]) => ({
    ratio: { to, value: pairedRatio(ours, others) },
  });
  const prismLabel = `${label}, durable, against Prism`;
  return [
    { ...rate, label: `${label}, durable`, ...against('the floor', durable, floor), goals: goals.durable },
    {
      ...rate,
      label: `${label}, --memory`,
      value: median(memory),
      ...against('the floor', memory, floor),
      goals: goals.memory,
    },
    hasPrism
      ? { ...rate, label: prismLabel, ...against('Prism', durable, prism), goals: goals.prism }
      : { label: prismLabel, unit: '/s', value: null, goals: goals.prism, note: withoutPrism },
    { ...rate, label: 'The floor for POST /Tasks: bare node:http with the same bytes', value: median(floor) },
    ...(hasPrism ? [{ ...rate, label: 'Prism, POST /Tasks', value: median(prism) }] : []),
  ];
}

const withoutPrism = 'add --openapi FILE';

function loadOf({ origin, headers, path }: Service, seconds: number): Load {
  return {
    origin,
    method: 'POST',
    paths: [path('/Tasks')],
    headers,
    body: new URLSearchParams({ Attributes: '{"selected_language":"es"}' }).toString(),
    connections,
    seconds,
    status: 201,
  };
}

async function withPrism<Result>(
  { openapi, progress }: MeasureOptions,
  use: (origin: string | null) => Promise<Result>,
): Promise<Result> {
  if (openapi === null) return use(null);
  progress('starting Prism');
  const prism: Prism = await startPrism(openapi);
  try {
    return await use(prism.origin);
  } finally {
    await prism.stop();
  }
}
