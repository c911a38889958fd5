import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../src/common/http-basic';
import { findFunctionsProject } from '../src/host/build/functions-project';
import type { Local } from '../src/local/start-local';
import { startTestLocal } from './support/start-test-local';

/** The addresses that other computers use; a machine without a network has none. */
const ownAddresses = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .filter(({ internal, address }) => !internal && !address.startsWith('fe80'))
  .map(({ address }) => address);

let local: Local;
afterEach(() => local.close());

it.each(['0.0.0.0', '::', ...ownAddresses])(
  'runs the lifecycle when it listens on %s, on this computer and from others',
  async (host) => {
    local = await startTestLocal({ host, functions: findFunctionsProject(path.join(__dirname, '..')) });
    const { functionsUrl, taskrouterUrl, workers, activities } = local.run;
    expect([functionsUrl, taskrouterUrl]).toEqual(
      Array(2).fill(expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)),
    );

    // Functions reach TaskRouter, which reaches the Functions with a valid signature.
    const created = await fetch(`${functionsUrl}/create-task`, { method: 'POST' });
    expect(created.status).toBe(201);
    const idle = new URLSearchParams({ worker: workers.Alice ?? '', activity: activities.Idle ?? '' });
    expect((await fetch(`${functionsUrl}/set-worker-activity?${idle}`)).status).toBe(200);
    await local.service.idle();
    expect(local.service.callbackLog.list({ kind: 'assignment' })).toMatchObject([
      { outcome: 'no_instruction', attempts: [{ response: { status: 200 } }] },
    ]);

    // Other computers see the page, and everything else with a password.
    const others = host === '0.0.0.0' || host === '::' ? ownAddresses : [host];
    for (const address of others.filter((one) => host !== '0.0.0.0' || !one.includes(':'))) {
      const name = address.includes(':') ? `[${address}]` : address;
      const there = `http://${name}:${new URL(functionsUrl ?? '').port}`;
      const page = await fetch(`${there}/`);
      expect(page.status).toBe(200);
      const policy = page.headers.get('content-security-policy')?.split('; ');
      expect(policy).toEqual(expect.arrayContaining(["script-src 'self'", "frame-ancestors 'none'"]));
      expect((await fetch(`${there}/lifecycle`)).status).toBe(401);
      const { username, password } = local.credentials.operator;
      const headers = { authorization: basicAuthorization(username, password) };
      const seen = await fetch(`${there}/lifecycle`, { headers });
      expect(await seen.json()).toMatchObject({ tasks: [{ assignment_status: 'reserved' }] });
      const taskrouter = `http://${name}:${new URL(taskrouterUrl).port}`;
      expect((await fetch(`${taskrouter}/`)).status).toBe(401);
    }
  },
);
