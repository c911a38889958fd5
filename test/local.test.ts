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

it('is ready again after resets that overlap', async () => {
  const { reset, service } = await start();
  await Promise.all([reset(), reset()]);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
});
