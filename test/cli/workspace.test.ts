import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import path from 'node:path';
import { endCommandsAfterAll, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder, workspaceOf } from '../support/taskrouter-process';
import { tutorial } from '../workspace/tutorial';

endCommandsAfterAll();

const folder = temporaryFolder();
const data = path.join(folder, 'data');
let ready: Ready;
beforeAll(async () => {
  ready = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
});

const none = { TWILIO_ACCOUNT_SID: '', TWILIO_AUTH_TOKEN: '', ACCOUNT_SID: '', AUTH_TOKEN: '' };
const run = async (args: readonly string[], environment: Record<string, string> = {}) => {
  const ended = await new TaskrouterCommand(['workspace', ...args], { ...none, ...environment }).ended();
  // A busy computer can take longer than a second, which is when people are told.
  return { ...ended, errors: ended.errors.replace(/^Waiting for the local TaskRouter at \S+ …\n/, '') };
};
const here = (...args: readonly string[]) => run([...args, '--data', data]);

function fileOf(name: string, desired: object): string {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(desired));
  return file;
}
const withCarol = () =>
  fileOf(
    'carol.json',
    tutorial({
      workers: [...tutorial().workers, { friendlyName: 'Carol', attributes: { languages: ['en'] } }],
    }),
  );

it('finds nothing to do where the file was just applied', async () => {
  expect(await here('plan')).toEqual({
    code: 0,
    output: 'Nothing to do: the workspace matches its file.\n',
    errors: '',
  });
});

it('lints the workspace of the running service, with the examples of the file', async () => {
  const exampleTasks = [{ selected_langauge: 'es' }];
  const file = fileOf('examples.json', tutorial({ exampleTasks }));
  const { code, output } = await new TaskrouterCommand(
    ['lint', '--target', 'local', '--json', '--workspace', file, '--data', data],
    none,
  ).ended();
  expect(code).toBe(2);
  expect(JSON.parse(output).findings).toContainEqual(
    expect.objectContaining({
      code: 'unknown_task_attribute',
      remedy: 'Write selected_langauge if you mean that.',
    }),
  );
});

it('pulls nothing over a file that needs no plan, although the file leaves out what TaskRouter chose', async () => {
  const file = fileOf('short.json', tutorial());
  const text = readFileSync(file, 'utf8');
  expect((await here('plan', '--workspace', file)).code).toBe(0);
  expect(await here('pull', '--workspace', file)).toMatchObject({
    code: 0,
    output: expect.stringContaining('already was the workspace "Customer Care"'),
  });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

it('plans, applies, finds nothing more, prunes: with the exit codes that scripts rely on', async () => {
  const file = withCarol();
  const planned = await here('plan', '--workspace', file);
  expect(planned).toEqual({
    code: 2,
    output: `+ worker "Carol": attributes {"languages":["en"]}\n\n1 to create. Next: npx taskrouter workspace apply --workspace ${file} --data ${data}\n`,
    errors: '',
  });
  expect(await here('apply', '--workspace', file)).toEqual({
    code: 0,
    output: '+ worker "Carol": attributes {"languages":["en"]}\nDone: 1 change.\n',
    errors: '',
  });
  expect((await here('plan', '--workspace', file)).code).toBe(0);
  const extra = await here('plan');
  expect(extra).toMatchObject({
    code: 0,
    output: expect.stringContaining('worker "Carol". It is kept; --prune'),
  });
  const { code, output } = await here('plan', '--prune', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(output)).toEqual({
    changes: [
      {
        action: 'delete',
        kind: 'worker',
        name: 'Carol',
        fields: {},
        before: { friendlyName: 'Carol', activity: 'Offline', attributes: { languages: ['en'] } },
      },
    ],
    notes: [],
    extras: [],
  });
  const applied = await here('apply', '--prune', '--json');
  expect(applied.code).toBe(0);
  expect(JSON.parse(applied.output)).toEqual(JSON.parse(output));
  expect((await workspaceOf(ready).workers.list()).map(({ friendlyName }) => friendlyName)).not.toContain(
    'Carol',
  );
});

it('says what was done and what was not when TaskRouter refuses something on the way', async () => {
  const file = fileOf(
    'refused.json',
    tutorial({
      friendlyName: 'Refused',
      taskQueues: [...tutorial().taskQueues, { friendlyName: 'Broken', targetWorkers: 'languages HAS' }],
    }),
  );
  const { code, output, errors } = await here('apply', '--workspace', file);
  expect(code).toBe(3);
  expect(output).toMatch(/^\+ workspace "Refused".*\n\+ worker "Alice"/);
  expect(output).toMatch(
    /Interrupted: 5 changes made, 2 changes not made:\n {2}\+ task queue "Broken".*\n {2}\+ workflow /,
  );
  expect(errors).toMatch(
    /^TaskRouter refused to create the task queue "Broken": .*Correct it in the file\.\n$/,
  );
});

it('pulls a file once, overwrites nobody’s, and starts from it', async () => {
  const file = path.join(folder, 'pulled.json');
  const args = ['--name', 'Customer Care', '--workspace', file];
  const pulled = await here('pull', ...args);
  expect(pulled).toMatchObject({
    code: 0,
    output: expect.stringContaining('npx taskrouter start --workspace'),
  });
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(ready.authToken);
  expect((await here('pull', ...args)).output).toContain('already was the workspace');
  expect((await here('plan', '--workspace', file)).code).toBe(0);

  writeFileSync(file, '{"mine": true}');
  expect(await here('pull', ...args)).toMatchObject({ code: 3, errors: expect.stringContaining('--force') });
  expect(readFileSync(file, 'utf8')).toBe('{"mine": true}');
  expect((await here('pull', ...args, '--force')).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(text);

  const again = await new TaskrouterCommand(['serve', ...anywhere, '--memory', '--workspace', file]).ready();
  expect(Object.keys(again.workers)).toEqual(['Alice', 'Bob']);
});

it('lists the workspaces when it cannot tell which to pull, and writes nothing', async () => {
  await here('apply', '--workspace', fileOf('other.json', tutorial({ friendlyName: 'Other' })));
  const file = path.join(folder, 'never.json');
  const { code, errors } = await here('pull', '--workspace', file);
  expect({ code, errors }).toEqual({
    code: 3,
    errors: expect.stringMatching(/--workspace-sid(.*\n)*.*Customer Care/),
  });
  expect(existsSync(file)).toBe(false);
});

it('names the next step when nothing runs', async () => {
  const { code, errors } = await run(['plan', '--data', path.join(folder, 'nowhere')]);
  expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('npx taskrouter start') });
});

it('names the variables that an account on Twilio needs', async () => {
  const { code, errors } = await run(['plan', '--target', 'twilio']);
  expect(code).toBe(3);
  expect(errors).toContain('TWILIO_ACCOUNT_SID is not set');
  expect(errors).toContain('TWILIO_AUTH_TOKEN is not set');
});

it.each([
  ['a file that is not there', ['plan', '--workspace', 'no.json'], 'no.json does not exist'],
  ['an address that is none', ['plan', '--functions-url', 'care'], '--functions-url must be'],
  ['no command', [], 'taskrouter workspace plan'],
  ['a flag that does not exist', ['plan', '--prun'], 'prun'],
])('refuses %s', async (_, args, sentence) => {
  expect(await here(...args)).toMatchObject({ code: 3, errors: expect.stringContaining(sentence) });
});

it('says that credentials are rejected, and by whom', async () => {
  const token = 'some-other-token';
  const { code, errors } = await run(['plan', '--data', data], { TASKROUTER_LOCAL_AUTH_TOKEN: token });
  expect({ code, errors }).toEqual({
    code: 6,
    errors: expect.stringContaining('TASKROUTER_LOCAL_AUTH_TOKEN'),
  });
  expect(errors).not.toContain(token);
});

it('goes to Twilio by the proxy of the environment, and says when there is no response', async () => {
  const requests: string[] = [];
  const proxy = createServer((socket) => {
    socket.once('data', (bytes) => {
      requests.push(String(bytes).split('\r\n')[0] ?? '');
      // With a plain end, the client would wait for its 30 s.
      socket.resetAndDestroy();
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  // Twilio's client reads it from the process.
  process.env.HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { code, errors } = await run(['plan', '--target', 'twilio'], {
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
    TWILIO_API_SECRET: 'a-secret-of-nobody',
  });
  delete process.env.HTTP_PROXY;
  proxy.close();
  expect(requests[0]).toBe('CONNECT taskrouter.twilio.com:443 HTTP/1.1');
  expect({ code, errors }).toEqual({
    code: 6,
    errors: expect.stringContaining('No response from Twilio'),
  });
  expect(errors).not.toContain('a-secret-of-nobody');
});
