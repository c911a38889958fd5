import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Measure } from './measure';
import { interleaved, median } from './rounds';
import { stopped, untilFirstLine } from './service/processes';

export const npmStart: Measure = {
  name: 'npm-start',
  about: 'npm start to its ready line: the build, the local TaskRouter, and the Functions',
  async run({ quick, progress }) {
    progress('starting');
    const { took } = await interleaved(quick ? 2 : 5, { took: timeToReady });
    return [
      {
        label: '`npm start` to ready, built, warm',
        unit: 's',
        value: median(took),
        goals: [{ of: 'value', atMost: 1.2 }],
      },
    ];
  },
};

/** In seconds. */
async function timeToReady(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-bench-'));
  const flags = ['--port', '0', '--taskrouter-port', '0', '--json', '--data', path.join(folder, 'data')];
  const started = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', ...flags], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await untilFirstLine(child);
    return (performance.now() - started) / 1000;
  } finally {
    await stopped(child);
    rmSync(folder, { recursive: true, force: true });
  }
}
