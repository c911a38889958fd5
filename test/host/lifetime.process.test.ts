import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { functionsChild } from '../support/functions-child';
import { call } from './call';
import { authToken, operator, Project } from './project';

const functions = {
  'functions/pid.ts': `export const handler = (context, event, callback) => callback(null, { pid: process.pid });`,
  'functions/slow.ts': `export const handler = (context, event, callback) => {
    console.log('slow has begun');
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
  'functions/chatter.ts': `export const handler = (context, event, callback) => {
    process.stdout.write('');
    for (let line = 0; line < 20000; line += 1) console.log('line ' + line);
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

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the life of a Functions host', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project(functions);
  });
  afterEach(() => project.remove());

  it('finishes what is in flight when it closes, takes nothing new, and leaves no process', async () => {
    const host = await project.start();
    const { pid } = (await call(`${host.url}/pid`)).json;
    const slow = call(`${host.url}/slow`);
    await project.untilLogged(/slow has begun/);
    const closing = host.close();
    await expect(call(`${host.url}/pid`)).rejects.toThrow(/ECONNREFUSED/);
    expect((await slow).text).toBe('slow and done');
    await closing;
    expect(isAlive(pid)).toBe(false);
  });

  it('says which port it cannot have, by the error’s code', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(project.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
  });

  it('says what to do when nothing is built', async () => {
    await expect(project.start({ sourceFolder: 'none', functionsFolder: 'nowhere' })).rejects.toThrow(
      'There are no Functions in nowhere; run "npm run build"',
    );
    await expect(project.start({ childScript: '/nowhere/child.js' })).rejects.toThrow(/run "npm run build"/);
  });

  it('serves built Functions as they are when there are no sources', async () => {
    project.write('built/one.js', `exports.handler = (context, event, callback) => callback(null, 'one');`);
    const host = await project.start({ sourceFolder: 'none', functionsFolder: 'built' });
    expect((await call(`${host.url}/one`)).text).toBe('one');
  });

  it('gives up with a reason when the runtime cannot start', async () => {
    const childScript = path.join(project.root, 'child.js');
    writeFileSync(childScript, 'process.exit(9)');
    await expect(project.start({ childScript })).rejects.toThrow(/ended while it started \(exit code 9\)/);
    writeFileSync(childScript, 'setInterval(() => {}, 1000); process.on("disconnect", () => process.exit())');
    await expect(project.start({ childScript, limits: { startMs: 200 } })).rejects.toThrow(
      /did not start within 0\.2 s/,
    );
  });

  it('answers 503 while no runtime can be had, does not spin, and recovers', async () => {
    const childScript = path.join(project.root, 'child.js');
    const sound = `require(${JSON.stringify(functionsChild)})`;
    writeFileSync(childScript, sound);
    const host = await project.start({ childScript, limits: { waitMs: 400 } });
    writeFileSync(childScript, 'process.exit(9)');
    expect((await call(`${host.url}/exit`)).status).toBe(502);
    const reply = await call(`${host.url}/pid`);
    expect([reply.status, reply.json.code]).toEqual([503, 'runtime_unavailable']);
    expect(reply.headers['retry-after']).toBe('1');
    expect(project.log.filter(({ message }) => /ended while it started/.test(message)).length).toBeLessThan(
      6,
    );
    writeFileSync(childScript, sound);
    while ((await call(`${host.url}/pid`)).status !== 200);
  });

  it('passes on what Functions write, with their names and without secrets', async () => {
    project.write('.env', 'MY_SECRET=hush-hush-hush');
    const host = await project.start();
    await call(`${host.url}/leak`);
    const entry = await project.untilLogged(/^token/);
    expect(entry).toEqual({
      level: 'warn',
      message: 'token *** *** ***',
      file: 'functions/leak.ts',
    });
    expect(await project.untilLogged(/^\*\*\*$/)).toMatchObject({ level: 'error' });
    expect(await project.untilLogged(/^raw line/)).toEqual({ level: 'info', message: 'raw line' });
    expect(await project.untilLogged(/^raw error/)).toEqual({ level: 'error', message: 'raw error line' });
    const basic = Buffer.from(`${operator.username}:${operator.password}`).toString('base64');
    for (const secret of [authToken, operator.password, basic, 'hush-hush']) {
      expect(project.logged).not.toContain(secret);
    }
  });

  it('loses no line that a Function wrote before it ended the runtime', async () => {
    const host = await project.start();
    expect((await call(`${host.url}/chatter`)).status).toBe(502);
    await project.untilLogged(/^line 19999$/);
    expect(project.log.filter(({ message }) => message.startsWith('line '))).toHaveLength(20_000);
  });

  describe('when it is killed', () => {
    let parent: ChildProcess;

    async function startElsewhere(): Promise<{ url: string }> {
      const program = path.join(project.root, 'host.js');
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
      parent = spawn(process.execPath, [program, JSON.stringify(project.options)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(parent.stdout as NodeJS.ReadableStream, 'data');
      return JSON.parse(String(line));
    }

    it('takes its child with it', async () => {
      const { url } = await startElsewhere();
      const { pid } = (await call(`${url}/pid`)).json;
      parent.kill('SIGKILL');
      await untilGone(pid);
    });

    it('takes a child with it that loops for ever', async () => {
      const { url } = await startElsewhere();
      const { pid } = (await call(`${url}/pid`)).json;
      const looping = call(`${url}/loop`);
      looping.catch(() => {});
      await once(parent.stdout as NodeJS.ReadableStream, 'data');
      parent.kill('SIGKILL');
      await expect(looping).rejects.toThrow(/hang up|ECONNRESET/);
      await untilGone(pid);
    });
  });
});
