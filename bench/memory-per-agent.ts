import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomSid } from '../src/system/ids';
import { signAccessToken } from '../src/taskrouter/http/access-token';
import { startInProcess } from '../src/testkit/start-in-process';
import { socketsProgram } from './event-bridge';
import type { Measure } from './measure';
import { startProgram } from './service/processes';

const agents = 500;
/** A tenth of them connects first: what is made once for all does not count. */
const first = agents / 10;

export const memoryPerAgent: Measure = {
  name: 'memory-per-agent',
  about: 'The memory of the service for each agent who is connected',
  async run({ progress, scratch }) {
    progress(`${agents} agents`);
    const apiKey = { sid: randomSid('SK'), secret: randomSid('') };
    const accountSid = randomSid('AC');
    const service = await startInProcess({
      accountSid,
      authToken: 'token',
      apiKey,
      newSid: randomSid,
      startsAt: null,
    });
    const urls = await urlsOf(service, { accountSid, apiKey });
    const connect = async (name: string, part: readonly string[]) => {
      const file = path.join(scratch, `${name}.json`);
      writeFileSync(file, JSON.stringify(part), { mode: 0o600 });
      return startProgram(['-e', socketsProgram, file]);
    };
    const warm = await connect('first-agents', urls.slice(0, first));
    const before = usedBytes();
    const others = await connect('other-agents', urls.slice(first));
    const kilobytes = (usedBytes() - before) / (agents - first) / 1000;
    await Promise.all([warm.stop(), others.stop()]);
    await service.close();
    return [
      {
        label: 'Event bridge: memory per connected agent',
        unit: 'kB',
        value: kilobytes,
        goals: [{ of: 'value', atMost: 50 }],
        note: `${agents} agents`,
      },
    ];
  },
};

type Service = Awaited<ReturnType<typeof startInProcess>>;
type Signer = Parameters<typeof signAccessToken>[0];

/** Creates a workspace with all agents. @returns the URL of each agent's connection, with a token */
async function urlsOf({ service }: Service, signer: Signer): Promise<string[]> {
  const origin = { source: 'twilio', ipAddress: null } as const;
  const { taskRouter } = service;
  const workspace = await taskRouter.execute({ type: 'CreateWorkspace', friendlyName: 'Agents' }, origin);
  const urls: string[] = [];
  for (let index = 0; index < agents; index += 1) {
    const command = {
      type: 'CreateWorker',
      workspaceSid: workspace.sid,
      friendlyName: `Agent ${index}`,
    } as const;
    const {
      sid: workerSid,
      workspaceSid,
      friendlyName: identity,
    } = await taskRouter.execute(command, origin);
    const grant = { workspaceSid, workerSid, role: 'worker', identity } as const;
    const token = signAccessToken(signer, grant, { now: Date.now(), ttlSeconds: 3600 });
    urls.push(`${service.url.replace(/^http/, 'ws')}/v1/wschannels?${new URLSearchParams({ token })}`);
  }
  return urls;
}

/** After a garbage collection: processes of measures run with `--expose-gc`. */
function usedBytes(): number {
  if (!globalThis.gc) throw new Error('Run this measure with --expose-gc');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
