import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../src/common/http-basic';
import { type Load, median, requestsPerSecond } from './load';
import { bareServer, command, startProgram } from './processes';

const rounds = 5;
const size = { connections: 64, requests: 4000 };

interface Ready {
  readonly taskrouterUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly workspaceSid: string;
}

/** `POST /Tasks`, written to disk before the response, compared with a bare node:http server that returns the same bytes. */
export async function durableTasks(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-bench-'));
  const nowhere = ['--port', '0', '--taskrouter-port', '0', '--json', '--data', folder];
  const service = await startProgram(command('serve', ...nowhere));
  const load = loadOf(JSON.parse(service.line) as Ready);
  const bare = await startProgram(bareServer(await responseTo(load)));
  try {
    const baseline = { ...load, url: bare.line };
    await requestsPerSecond(load, 201);
    await requestsPerSecond(baseline, 201);
    const ours: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await requestsPerSecond(load, 201));
      baselines.push(await requestsPerSecond(baseline, 201));
    }
    const ratio = median(ours.map((value, index) => value / (baselines[index] ?? Number.NaN)));
    return `POST /Tasks, durable: ${Math.round(median(ours))}/s, bare node:http ${Math.round(median(baselines))}/s, ratio ${ratio.toFixed(2)} (median of ${rounds} pairs)`;
  } finally {
    await bare.stop();
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function loadOf({ taskrouterUrl, accountSid, authToken, workspaceSid }: Ready): Load {
  return {
    ...size,
    url: taskrouterUrl,
    path: `/v1/Workspaces/${workspaceSid}/Tasks`,
    method: 'POST',
    headers: {
      authorization: basicAuthorization(accountSid, authToken),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ Attributes: '{"selected_language":"es"}' }).toString(),
  };
}

async function responseTo({ url, path: location, headers, body }: Load): Promise<string> {
  const response = await fetch(`${url}${location}`, { method: 'POST', headers, body: body ?? '' });
  return response.text();
}
