import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../../test/simulation/random';
import type { MeasureOptions } from '../measure';
import { availableWorkers } from '../one-queue-workspace';
import { Api } from './api';
import { withService } from './service';

/** A data directory in which many tasks wait, and what a service needs to run on it. */
export interface LargeData {
  readonly data: string;
  readonly workspace: object;
  /** How many tasks wait. */
  readonly tasks: number;
}

/** Tasks that wait in a queue without workers, and finished ones, so that statistics have everything to count. */
const size = { full: { tasks: 50_000, finished: 1000 }, quick: { tasks: 10_000, finished: 100 } };
const connections = 64;
const priorities = 100;

/** Made by the first measure that needs it, through the API. */
export async function largeData({ quick, seed, scratch, progress }: MeasureOptions): Promise<LargeData> {
  const { tasks, finished } = quick ? size.quick : size.full;
  const data = path.join(scratch, 'large');
  const large = { data, workspace: workspaceFile(), tasks };
  const done = path.join(scratch, 'large-is-complete');
  if (existsSync(done)) return large;
  progress(`creating ${tasks.toLocaleString('en-US')} tasks`);
  await withService(large, async (service) => {
    const api = new Api(service, connections);
    await repeated(finished, () => finish(api));
    const random = new Random(seed);
    await repeated(tasks, () => create(api, random));
    await api.close();
  });
  writeFileSync(done, '');
  return large;
}

async function repeated(count: number, action: () => Promise<unknown>): Promise<void> {
  let left = count;
  const one = async () => {
    while (left-- > 0) await action();
  };
  await Promise.all(Array.from({ length: connections }, one));
}

/** A task that waits. */
async function create(api: Api, random: Random): Promise<void> {
  const attributes = { waits: true, selected_language: 'es', number: random.integer(1, 1_000_000) };
  const form = {
    Priority: String(random.integer(0, priorities - 1)),
    Attributes: JSON.stringify(attributes),
  };
  await api.expect(201, api.post('/Tasks', form));
}

/** A task that a worker accepts and completes. */
async function finish(api: Api): Promise<void> {
  const { sid } = await api.expect(201, api.post('/Tasks', { Attributes: '{}' }));
  const list = api.get(`/Tasks/${sid}/Reservations`);
  const { reservations } = await api.expect<{ reservations: readonly { sid: string }[] }>(200, list);
  const reservation = `/Tasks/${sid}/Reservations/${reservations[0]?.sid}`;
  await api.expect(200, api.post(reservation, { ReservationStatus: 'accepted' }));
  await api.expect(200, api.post(`/Tasks/${sid}`, { AssignmentStatus: 'completed' }));
}

/** Without callbacks: nobody receives them. */
const workspaceFile = () => ({
  friendlyName: 'Large',
  multiTaskEnabled: true,
  activities: [
    { friendlyName: 'Offline', available: false },
    { friendlyName: 'Idle', available: true },
  ],
  taskQueues: [
    { friendlyName: 'Everybody', targetWorkers: '1==1' },
    { friendlyName: 'Nobody', targetWorkers: '1==0' },
  ],
  workflows: [
    {
      friendlyName: 'All',
      configuration: {
        task_routing: {
          filters: [
            { filter_friendly_name: 'Waits', expression: 'waits == true', targets: [{ queue: 'Nobody' }] },
          ],
          default_filter: { queue: 'Everybody' },
        },
      },
    },
  ],
  workers: availableWorkers(2 * connections),
});
