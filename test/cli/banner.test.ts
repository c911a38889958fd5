import { createColors } from 'picocolors';
import type { RunFlags } from '../../src/cli/flags';
import { banner } from '../../src/cli/run/banner';
import type { Local } from '../../src/local';

const activities = {
  WA1: { friendlyName: 'Away', available: false },
  WA2: { friendlyName: 'Ready', available: true },
};

const shown = (run: Partial<Local['run']>) => {
  const local = {
    run: { functionsUrl: 'http://127.0.0.1:3000', taskrouterUrl: 'http://127.0.0.1:4040', ...run },
    host: {},
    credentials: { authToken: 'token', apiKey: { sid: 'SK1', secret: 'key-secret' } },
    service: {
      taskRouter: { clock: {}, view: { find: (_: string, sid: keyof typeof activities) => activities[sid] } },
    },
  } as unknown as Local;
  return banner(local, { memory: true } as RunFlags, createColors(false));
};

it('suggests a worker and an available activity of this workspace', () => {
  const text = shown({ workers: { Zoe: 'WK1', Yan: 'WK2' }, activities: { Away: 'WA1', Ready: 'WA2' } });
  expect(text).toContain('Next: open http://127.0.0.1:3000/create-task, then set Zoe to Ready on the page.');
  expect(text).not.toMatch(/Alice|Idle/);
});

it('suggests no worker in a workspace without any', () => {
  const text = shown({ workers: {}, activities: { Ready: 'WA2' } });
  expect(text).toContain('Next: open http://127.0.0.1:3000/create-task.');
});
