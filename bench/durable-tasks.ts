import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../src/common/http-basic';
import { type Load, requestsPerSecond } from './load';
import type { Measure } from './measure';
import { bareServer, command, startProgram } from './processes';
import { interleaved, median, pairedRatio } from './rounds';

const size = { connections: 64, requests: 4000 };

interface Ready {
  readonly taskrouterUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly workspaceSid: string;
}

export const durableTasks: Measure = {
  name: 'durable-tasks',
  about:
    'POST /Tasks, written to disk before the response, against a bare node:http server with the same bytes',
  async run({ quick }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-bench-'));
    const nowhere = ['--port', '0', '--taskrouter-port', '0', '--json', '--data', folder];
    const service = await startProgram(command('serve', ...nowhere), 'ignore');
    const load = loadOf(JSON.parse(service.line) as Ready);
    const bare = await startProgram(bareServer(await responseTo(load)));
    try {
      const { ours, floor } = await interleaved(quick ? 3 : 5, {
        ours: () => requestsPerSecond(load, 201),
        floor: () => requestsPerSecond({ ...load, url: bare.line }, 201),
      });
      const ratio = { to: 'the floor', value: pairedRatio(ours, floor) };
      const label = 'POST /Tasks, durable';
      return [
        {
          label,
          unit: '/s',
          value: median(ours),
          ratio,
          goals: [{ of: 'ratio', atLeast: 0.2, stretch: 0.3 }],
        },
      ];
    } finally {
      await bare.stop();
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

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
