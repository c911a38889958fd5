import path from 'node:path';
import { type Local, startLocal } from '../src/local';

const projectRoot = path.join(__dirname, '..');
const ignore = () => undefined;

let local: Local | undefined;
afterEach(() => local?.close());

async function start(): Promise<Local> {
  local = await startLocal({
    projectRoot,
    port: 0,
    taskrouterPort: 0,
    host: '127.0.0.1',
    dataDirectory: null,
    workspaceFile: path.join(projectRoot, 'workspace.json'),
    operatorAuth: false,
    functions: false,
    watch: false,
    config: { accountSid: undefined, authToken: undefined },
    hostLog: ignore,
    apiLog: { warn: ignore, error: ignore },
    onFailure: (failure) => {
      throw failure;
    },
  });
  return local;
}

it('runs overlapping resets one after another, and is ready afterwards', async () => {
  const { reset, service } = await start();
  const finished: number[] = [];
  await Promise.all([1, 2].map((number) => reset().then(() => finished.push(number))));
  expect(finished).toEqual([1, 2]);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
});
