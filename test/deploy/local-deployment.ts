import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Twilio } from 'twilio';
import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { dispatcherFor, FunctionsClient } from '../../src/deploy/functions/functions-client';
import { type FunctionsHost, startFunctionsHost } from '../../src/host/functions-host';
import { randomSid } from '../../src/system/ids';
import { startInProcess } from '../../src/testkit/start-in-process';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { type DesiredWorkspace, readWorkspaceFile } from '../../src/workspace/file/desired';
import { functionsChild } from '../support/functions-child';
import { operator } from '../support/operator';

const projectRoot = path.join(__dirname, '..', '..');
const authToken = 'f00dfacef00dfacef00dfacef00dface';
export const tutorial = readWorkspaceFile(path.join(projectRoot, 'workspace.json'));

export interface LocalDeployment {
  readonly client: Twilio;
  readonly workspaceSid: string;
  readonly workspace: WorkspaceContext;
  /** The built Functions as the operator calls them. */
  readonly functions: FunctionsClient;
  readonly host: FunctionsHost;
  /** Someone who does not know the password. */
  stranger(): FunctionsClient;
  /** Writes a file into the folder in which the Functions run. */
  write(file: string, text: string): void;
  /** Resolves when no callback is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface LocalDeploymentOptions {
  readonly desired?: DesiredWorkspace;
  readonly variables?: Readonly<Record<string, string>>;
  /** Bundles in place of the built ones, by file name; null for none at all. */
  readonly functions?: Readonly<Record<string, string | null>>;
}

/** The built Functions on the genuine runtime handler, and a local TaskRouter on the wall clock, over HTTP. */
export async function deployLocally({
  desired = tutorial,
  variables = {},
  functions = {},
}: LocalDeploymentOptions = {}): Promise<LocalDeployment> {
  const apiKey = { sid: randomSid('SK'), secret: randomSid('') };
  const account = { accountSid: randomSid('AC'), authToken, apiKey };
  const inProcess = await startInProcess({ ...account, newSid: randomSid, startsAt: null });
  const { client, service } = inProcess;
  const { workspaceSid } = await applyWorkspace({ client, desired, functionsUrl: null });
  const root = copyOfBuild(functions);
  const host = await startFunctionsHost({
    projectRoot: root,
    functionsFolder: 'dist/functions',
    assetsFolder: 'dist/assets',
    port: 0,
    host: '127.0.0.1',
    environment: {
      ACCOUNT_SID: account.accountSid,
      AUTH_TOKEN: authToken,
      TASKROUTER_BASE_URL: service.url,
      WORKSPACE_SID: workspaceSid,
      OPERATOR_USERNAME: operator.username,
      OPERATOR_PASSWORD: operator.password,
      ...variables,
    },
    authToken,
    log: () => undefined,
    watch: false,
    childScript: functionsChild,
  });
  await service.startCallbacks();
  const clients: FunctionsClient[] = [];
  const open = (as: typeof operator) => {
    const opened = new FunctionsClient(host.url, as, dispatcherFor({}));
    clients.push(opened);
    return opened;
  };
  return {
    client,
    workspaceSid,
    workspace: client.taskrouter.v1.workspaces(workspaceSid),
    functions: open(operator),
    host,
    stranger: () => open({ ...operator, password: randomBytes(12).toString('hex') }),
    write: (file, text) => writeFileSync(path.join(root, file), text),
    settled: () => service.idle(),
    async close() {
      await service.stopCallbacks();
      await Promise.all(clients.map((each) => each.close()));
      await host.close();
      await inProcess.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What would be uploaded, in a folder of its own. */
function copyOfBuild(functions: Readonly<Record<string, string | null>>): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'taskrouter-deployed-')));
  for (const part of ['dist/functions', 'dist/assets'])
    cpSync(path.join(projectRoot, part), path.join(root, part), { recursive: true });
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  for (const [file, contents] of Object.entries(functions)) {
    const target = path.join(root, 'dist', 'functions', file);
    if (contents === null) rmSync(target);
    else writeFileSync(target, contents);
  }
  return root;
}
