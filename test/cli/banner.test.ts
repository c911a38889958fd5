import { createColors } from 'picocolors';
import type { RunFlags } from '../../src/cli/flags';
import { banner } from '../../src/cli/run/banner';
import { suggestedMove } from '../../src/common/suggested-move';
import type { Local } from '../../src/local/start-local';

const activities = [
  { friendlyName: 'Away', available: false },
  { friendlyName: 'Ready', available: true },
];

const shown = (workers: readonly string[], host = '127.0.0.1') => {
  const local = {
    run: { functionsUrl: 'http://127.0.0.1:3000', taskrouterUrl: 'http://127.0.0.1:4040' },
    host: {},
    credentials: { authToken: 'token', apiKey: { sid: 'SK1', secret: 'key-secret' } },
    suggestedMove: suggestedMove({
      workers: workers.map((friendlyName) => ({ friendlyName })),
      activities,
    }),
    service: { taskRouter: { clock: {} } },
  } as unknown as Local;
  return banner(local, { memory: true, host } as RunFlags, createColors(false));
};

it('suggests a worker and an available activity of this workspace', () => {
  const text = shown(['Zoe', 'Yan']);
  expect(text).toContain('Next: open http://127.0.0.1:3000/create-task, then set Zoe to Ready on the page.');
  expect(text).not.toMatch(/Alice|Idle/);
});

it('names the addresses for other computers when there are any', () => {
  expect(shown([], '192.168.1.5')).toContain(
    [
      '  Other computers http://192.168.1.5:3000/',
      '                  http://192.168.1.5:4040/',
      '                  (they need a password; "npx taskrouter env" prints it)',
    ].join('\n'),
  );
  expect(shown([])).not.toContain('Other computers');
});

it('suggests no worker in a workspace without any', () => {
  const text = shown([]);
  expect(text).toContain('Next: open http://127.0.0.1:3000/create-task.');
});

it('suggests no worker in a workspace without an available activity', () => {
  const [away] = activities;
  expect(suggestedMove({ workers: [{ friendlyName: 'Zoe' }], activities: away ? [away] : [] })).toBeNull();
});
