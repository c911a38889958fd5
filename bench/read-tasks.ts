import type { Figure, Measure, MeasureOptions } from './measure';
import { interleaved, median, pairedRatio } from './rounds';
import { Api } from './service/api';
import { withFloor } from './service/floor';
import { largeData } from './service/large-data';
import { type Load, requestsPerSecond } from './service/load';
import { type Service, withService } from './service/service';

const connections = 32;
const pageSize = 50;

export const readTasks: Measure = {
  name: 'read-tasks',
  about: 'GET one task, and a list of 50 out of 50,000, against the floor',
  async run(options) {
    const large = await largeData(options);
    return withService(large, async (service) => {
      const loads = await loadsOf(service, options.quick ? 0.4 : 1.5);
      return withFloor(loads.one, (floorOfOne) =>
        withFloor(loads.list, (floorOfList) =>
          compare(options, loads, { one: floorOfOne, list: floorOfList }, large.tasks),
        ),
      );
    });
  },
};

interface Both<Value> {
  readonly one: Value;
  readonly list: Value;
}

async function compare(
  { quick, progress }: MeasureOptions,
  loads: Both<Load>,
  floors: Both<string>,
  tasks: number,
): Promise<Figure[]> {
  progress(`${connections} connections`);
  const rate = (load: Load) => () => requestsPerSecond(load);
  const values = await interleaved(quick ? 3 : 7, {
    one: rate(loads.one),
    floorOfOne: rate({ ...loads.one, origin: floors.one }),
    list: rate(loads.list),
    floorOfList: rate({ ...loads.list, origin: floors.list }),
  });
  const figure = (
    label: string,
    ours: readonly number[],
    floor: readonly number[],
    atLeast: number,
  ): Figure => ({
    label: `${label}, ${connections} connections`,
    unit: '/s',
    value: median(ours),
    ratio: { to: 'the floor', value: pairedRatio(ours, floor) },
    goals: [{ of: 'ratio', atLeast }],
  });
  const list = `GET a list of ${pageSize} out of ${tasks.toLocaleString('en-US')} tasks`;
  return [
    figure('GET one task', values.one, values.floorOfOne, 0.5),
    figure(list, values.list, values.floorOfList, 0.15),
  ];
}

/** Different tasks in turn, all of them new ones. */
async function loadsOf(service: Service, seconds: number): Promise<Both<Load>> {
  const api = new Api(service, 1);
  const below = `/Tasks?PageSize=${pageSize}`;
  const { tasks } = await api.expect<{ tasks: readonly { sid: string }[] }>(200, api.get(below));
  await api.close();
  const { origin, headers, path } = service;
  const load = { origin, headers, method: 'GET', connections, seconds, status: 200 } as const;
  return {
    one: { ...load, paths: tasks.map(({ sid }) => path(`/Tasks/${sid}`)) },
    list: { ...load, paths: [path(below)] },
  };
}
