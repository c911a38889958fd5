import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { functionsChild } from '../support/functions-child';
import { operator, operatorAuthorization } from '../support/operator';
import { authToken, Project } from './project';
import { sendRequest } from './send-request';

const functions = {
  'functions/pid.ts': `export const handler = (context, event, callback) => callback(null, { pid: process.pid });`,
  'functions/slow.ts': `export const handler = (context, event, callback) => {
    console.log('slow has started');
    setTimeout(() => callback(null, 'slow and done'), 200);
  };`,
  'functions/loop.ts': `export const handler = () => { console.log('about to loop'); for (;;); };`,
  'functions/exit.ts': `export const handler = () => process.exit(0);`,
  'functions/leak.ts': `export const handler = (context, event, callback) => {
    console.warn('token', context.AUTH_TOKEN, event.request.headers.authorization, context.MY_SECRET);
    console.error(context.AUTH_TOKEN);
    process.stdout.write('raw line\\n');
    process.stderr.write('raw error line\\n');
    callback(null, 'done');
  };`,
  // More than a pipe holds, and fewer lines than the host logs in a second.
  'functions/chatter.ts': `export const handler = (context, event, callback) => {
    process.stdout.write('');
    for (let line = 0; line < 900; line += 1) console.log('line ' + line + ' '.repeat(200));
    process.exit(0);
  };`,
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilExited(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the life of a Functions host', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project(functions);
  });
  afterEach(() => project.remove());

  it('finishes requests in flight when it closes, accepts no new ones, and leaves no process', async () => {
    const host = await project.start();
    const { pid } = (await sendRequest(`${host.url}/pid`)).json;
    const slow = sendRequest(`${host.url}/slow`);
    await project.untilLogged(/slow has started/);
    const closing = host.close();
    await expect(sendRequest(`${host.url}/pid`)).rejects.toThrow(/ECONNREFUSED/);
    expect((await slow).text).toBe('slow and done');
    await closing;
    expect(isAlive(pid)).toBe(false);
  });

  it('reports a port in use by the error’s code', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(project.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
  });

  it('says what to do when nothing is built', async () => {
    await expect(project.start({ sourceFolder: 'none', functionsFolder: 'nowhere' })).rejects.toThrow(
      'nowhere contains no Functions. Run "npm run build".',
    );
    await expect(project.start({ childScript: '/nowhere/child.js' })).rejects.toThrow(/Run "npm run build"/);
  });

  it('serves built Functions as they are when there are no sources', async () => {
    project.write('built/one.js', `exports.handler = (context, event, callback) => callback(null, 'one');`);
    const host = await project.start({ sourceFolder: 'none', functionsFolder: 'built' });
    expect((await sendRequest(`${host.url}/one`)).text).toBe('one');
  });

  it('fails with a reason when the runtime cannot start', async () => {
    const childScript = path.join(project.root, 'child.js');
    writeFileSync(childScript, 'process.exit(9)');
    await expect(project.start({ childScript })).rejects.toThrow(/ended while starting \(exit code 9\)/);
    writeFileSync(childScript, 'setInterval(() => {}, 1000); process.on("disconnect", () => process.exit())');
    await expect(project.start({ childScript, limits: { startMs: 200 } })).rejects.toThrow(
      /did not start within 0\.2 s/,
    );
  });

  it('responds with 503 while no runtime starts, does not spin, and recovers', async () => {
    const childScript = path.join(project.root, 'child.js');
    const healthy = `require(${JSON.stringify(functionsChild)})`;
    writeFileSync(childScript, healthy);
    const host = await project.start({ childScript, limits: { waitMs: 400 } });
    writeFileSync(childScript, 'process.exit(9)');
    expect((await sendRequest(`${host.url}/exit`)).status).toBe(502);
    const response = await sendRequest(`${host.url}/pid`);
    expect([response.status, response.json.code]).toEqual([503, 'runtime_unavailable']);
    expect(response.headers['retry-after']).toBe('1');
    expect(project.log.filter(({ message }) => /ended while starting/.test(message)).length).toBeLessThan(6);
    writeFileSync(childScript, healthy);
    while ((await sendRequest(`${host.url}/pid`)).status !== 200);
  });

  it('logs what Functions write, with their names and without secrets', async () => {
    project.write('.env', 'MY_SECRET=hush-hush-hush');
    const host = await project.start();
    await sendRequest(`${host.url}/leak`);
    const entry = await project.untilLogged(/^token/);
    expect(entry).toEqual({
      level: 'warn',
      message: 'token *** *** ***',
      file: 'functions/leak.ts',
    });
    expect(await project.untilLogged(/^\*\*\*$/)).toMatchObject({ level: 'error' });
    expect(await project.untilLogged(/^raw line/)).toEqual({ level: 'info', message: 'raw line' });
    expect(await project.untilLogged(/^raw error/)).toEqual({ level: 'error', message: 'raw error line' });
    const [, basic = ''] = operatorAuthorization.split(' ');
    for (const secret of [authToken, operator.password, basic, 'hush-hush']) {
      expect(project.logged).not.toContain(secret);
    }
  });

  it('loses no line that a Function wrote before ending the runtime', async () => {
    const host = await project.start();
    expect((await sendRequest(`${host.url}/chatter`)).status).toBe(502);
    await project.untilLogged(/^line 899 /);
    expect(project.log.filter(({ message }) => message.startsWith('line '))).toHaveLength(900);
  });

  describe('when it is killed', () => {
    let parent: ChildProcess;

    /** A program that serves a project, in a folder of its own. */
    let program: string;
    beforeAll(async () => {
      program = path.join(mkdtempSync(path.join(tmpdir(), 'taskrouter-host-')), 'host.js');
      await build({
        stdin: {
          contents: `
            import { startFunctionsHost } from './src/host/functions-host';
            const options = JSON.parse(process.argv[2]);
            startFunctionsHost({ ...options, log: ({ message }) => console.log(message) }).then(({ url }) => console.log(JSON.stringify({ url })));`,
          resolveDir: path.join(__dirname, '../..'),
          loader: 'ts',
        },
        outfile: program,
        bundle: true,
        packages: 'external',
        platform: 'node',
        logLevel: 'silent',
      });
      symlinkSync(
        path.join(__dirname, '../../node_modules'),
        path.join(path.dirname(program), 'node_modules'),
      );
    });
    afterAll(() => rmSync(path.dirname(program), { recursive: true, force: true }));

    async function startElsewhere(): Promise<{ url: string }> {
      parent = spawn(process.execPath, [program, JSON.stringify(project.options)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(parent.stdout as NodeJS.ReadableStream, 'data');
      return JSON.parse(String(line));
    }

    it('ends its child, too', async () => {
      const { url } = await startElsewhere();
      const { pid } = (await sendRequest(`${url}/pid`)).json;
      parent.kill('SIGKILL');
      await untilExited(pid);
    });

    it('ends a child that loops forever, too', async () => {
      const { url } = await startElsewhere();
      const { pid } = (await sendRequest(`${url}/pid`)).json;
      const looping = sendRequest(`${url}/loop`);
      looping.catch(() => {});
      await once(parent.stdout as NodeJS.ReadableStream, 'data');
      parent.kill('SIGKILL');
      await expect(looping).rejects.toThrow(/hang up|ECONNRESET/);
      await untilExited(pid);
    });
  });
});
