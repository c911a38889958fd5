import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Twilio } from 'twilio';
import yargs, { type Argv } from 'yargs';
import { deploy as deployCommand } from '../../src/cli/commands/deploy';
import { type DeployFlags, deployInContext } from '../../src/cli/deploy/run-deploy';
import { exitCode, failureMessage } from '../../src/cli/failure';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import type { ProjectCopy } from '../../src/rehearsal/project';
import { runTool, type ToolResult } from '../../src/rehearsal/run-tool';
import { accountByToken } from '../../src/system/twilio-account';
import { createTwilioClient } from '../../src/workspace/client';
import { emulatorDispatcher, officialClient } from '../support/official-client';
import { recordingReporter } from '../support/recording-reporter';
import { copyOfProject, projectRoot, variables } from '../support/rehearsal';
import { SkippedTime } from '../support/skipped-time';
import { uploadInProcess } from '../support/upload-in-process';

const program = path.join(projectRoot, 'dist', 'cli', 'taskrouter.js');

/** A clone of the project that deploys to an emulator. */
export class Clone {
  private constructor(
    private readonly project: ProjectCopy,
    private readonly emulator: TwilioEmulator,
  ) {}

  /** Built, and with a `.env.deploy` unless `given` is null. */
  static async of(
    emulator: TwilioEmulator,
    given: Readonly<Record<string, string>> | null = { ...variables, WORKSPACE_SID: '', WORKFLOW_SID: '' },
  ): Promise<Clone> {
    return new Clone(await copyOfProject(given), emulator);
  }

  /** Runs `taskrouter deploy …` in this process, as `deployInFolder` does. */
  deploy(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<ToolResult> {
    return deployInFolder(this.emulator, this.folder, args, this.environment(more));
  }

  /** Runs `taskrouter …` as a process, with the account in its environment and no terminal. */
  run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<ToolResult> {
    return runTool({ script: program, args, cwd: this.project.folder, environment: this.environment(more) });
  }

  /** The environment of such a process. */
  environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return { ...environmentFor(this.emulator), ...more };
  }

  /** The same folder, deploying to another account. */
  in(emulator: TwilioEmulator): Clone {
    return new Clone(this.project, emulator);
  }

  get folder(): string {
    return this.project.folder;
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  remove(file: string): void {
    rmSync(path.join(this.folder, file), { recursive: true });
  }

  /** Makes the build appear as another one. */
  rebuild(build: string): void {
    const artifact = JSON.parse(this.read('dist/artifact.json'));
    this.write('dist/artifact.json', JSON.stringify({ ...artifact, build }));
    this.write(
      'dist/functions/lifecycle.js',
      this.read('dist/functions/lifecycle.js').replaceAll(`"${artifact.build}"`, `"${build}"`),
    );
  }

  /** Changes the deploy settings in `.twilioserverlessrc`, and adds other sections. */
  tellTool(deploy: object, parts: object = {}): void {
    const said = JSON.parse(this.read('.twilioserverlessrc').replace(/^\s*\/\/.*$/gm, ''));
    const commands = { ...said.commands, deploy: { ...said.commands.deploy, ...deploy } };
    this.write('.twilioserverlessrc', JSON.stringify({ ...said, ...parts, commands }));
  }

  /** Makes /complete-task respond without completing the task. */
  breakCompletion(): void {
    this.write(
      'dist/functions/complete-task.js',
      'exports.handler = (context, event, callback) => callback(null, {});',
    );
  }

  /** Makes the assignment callback public, which a real build would reject. */
  openCallback(): void {
    const folder = path.join(this.folder, 'dist', 'functions');
    renameSync(
      path.join(folder, 'assignment-callback.protected.js'),
      path.join(folder, 'assignment-callback.js'),
    );
  }
}

function environmentFor({ account, environment }: TwilioEmulator): NodeJS.ProcessEnv {
  const credentials = { TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken };
  return { ...process.env, NO_COLOR: '1', ...environment, ...credentials };
}

/**
 * Runs `taskrouter deploy …` in this process, without a terminal: the upload and the waits are replaced, everything else
 * is the command's own.
 */
export async function deployInFolder(
  emulator: TwilioEmulator,
  folder: string,
  args: readonly string[],
  environment = environmentFor(emulator),
): Promise<ToolResult> {
  const flags = parseDeployFlags(args);
  const lines: string[] = [];
  try {
    await deployInContext(flags, {
      projectRoot: folder,
      environment,
      reporter: recordingReporter(lines, flags.json),
      connect: ({ password }) => officialClient(emulator, password),
      newDispatcher: () => emulatorDispatcher(emulator),
      upload: uploadInProcess(emulator),
      confirm: flags.yes ? async () => true : null,
      time: new SkippedTime(() => emulator.taskRouter.idle()),
      newSignal: () => new AbortController().signal,
    });
    return { code: 0, output: lines.join('\n') };
  } catch (error) {
    return { code: exitCode(error), output: [...lines, failureMessage(error)].join('\n') };
  }
}

function parseDeployFlags(args: readonly string[]): DeployFlags {
  const { builder } = deployCommand;
  if (typeof builder !== 'function') throw new Error('the command has no builder');
  return (builder(yargs([...args])) as Argv<DeployFlags>).parseSync();
}

/** The official client for the emulator's account. */
export function clientOf(emulator: TwilioEmulator): Twilio {
  return createTwilioClient(accountByToken(emulator.account), emulator.taskRouter.url);
}

/** The callback URLs of the workspace in the file; empty where there is none. */
export async function callbackUrls(client: Twilio): Promise<string[]> {
  const [workspace] = await client.taskrouter.v1.workspaces.list({ friendlyName: 'Customer Care' });
  const inside = client.taskrouter.v1.workspaces(workspace?.sid as string);
  const [workflow] = await inside.workflows.list();
  return [workspace?.eventCallbackUrl ?? '', workflow?.assignmentCallbackUrl ?? ''];
}

/** The names of everything in the workspace. */
export async function namesIn(client: Twilio): Promise<string[]> {
  const [workspace] = await client.taskrouter.v1.workspaces.list({ friendlyName: 'Customer Care' });
  const inside = client.taskrouter.v1.workspaces(workspace?.sid as string);
  const lists = await Promise.all([
    inside.taskQueues.list(),
    inside.workflows.list(),
    inside.workers.list(),
    inside.taskChannels.list(),
  ]);
  const tasks = await inside.tasks.list();
  return [...lists.flat().map(({ friendlyName }) => friendlyName), ...tasks.map(({ sid }) => sid)];
}

/** The names in the tutorial's workspace without tasks. */
export const tutorialNames = [
  'Customer Care Requests - Spanish',
  'Customer Care Requests - English',
  'Incoming Customer Care Requests',
  'Alice',
  'Bob',
];
