import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Twilio } from 'twilio';
import yargs, { type Argv, type CommandModule } from 'yargs';
import { deploy as deployCommand } from '../../src/cli/commands/deploy';
import { wire as wireCommand } from '../../src/cli/commands/wire';
import { type DeployContext, deployContext, deployInContext } from '../../src/cli/deploy/run-deploy';
import { wireInContext } from '../../src/cli/deploy/run-wire';
import { exitCode, failureMessage } from '../../src/cli/failure';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import type { ProjectCopy } from '../../src/rehearsal/project';
import type { ToolResult } from '../../src/rehearsal/run-tool';
import { accountByToken } from '../../src/system/twilio-account';
import { createTwilioClient } from '../../src/workspace/client';
import { emulatorDispatcher, officialClient } from '../support/official-client';
import { RecordingTerminal } from '../support/recording-terminal';
import { copyOfProject, variables } from '../support/rehearsal';
import { SkippedTime } from '../support/skipped-time';
import { uploadInProcess } from '../support/upload-in-process';

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

  /** Runs `taskrouter deploy …` as `deployInFolder` does. */
  deploy(args: readonly string[] = [], options: DeployInFolder = {}): Promise<ToolResult> {
    return deployInFolder(this.emulator, this.folder, args, options);
  }

  /** Runs `taskrouter wire --target twilio …` in this process. */
  wire(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<ToolResult> {
    const { emulator } = this;
    const terminal = new RecordingTerminal(environmentFor(emulator, more));
    const flags = parseFlags(wireCommand(terminal), ['--target', 'twilio', ...args]);
    const context = { ...reaching(emulator), projectRoot: this.folder, terminal };
    return resultOf(terminal, wireInContext(flags, context));
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

function environmentFor(
  { account, environment }: TwilioEmulator,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const credentials = { TWILIO_ACCOUNT_SID: account.accountSid, TWILIO_AUTH_TOKEN: account.authToken };
  return { ...process.env, NO_COLOR: '1', ...environment, ...credentials, ...more };
}

/** How this process reaches an emulator in place of Twilio. */
function reaching(emulator: TwilioEmulator): Pick<DeployContext, 'connect' | 'newDispatcher'> {
  return {
    connect: (account) => officialClient(emulator, account),
    newDispatcher: () => emulatorDispatcher(emulator),
  };
}

interface DeployInFolder extends Partial<Pick<DeployContext, 'upload'>> {
  /** Variables of the environment, besides the account. */
  readonly more?: Readonly<Record<string, string>>;
  /** Called with each text that the command writes, and a function that sends it SIGINT. */
  readonly onOutput?: (text: string, interrupt: () => void) => void;
}

/**
 * Runs `taskrouter deploy …` in this process, without a terminal: the upload and the waits are replaced, everything else
 * is the command's own.
 */
export function deployInFolder(
  emulator: TwilioEmulator,
  folder: string,
  args: readonly string[],
  { more, onOutput, upload = uploadInProcess(emulator) }: DeployInFolder = {},
): Promise<ToolResult> {
  const terminal = new RecordingTerminal(environmentFor(emulator, more));
  terminal.onOutput = (text) => onOutput?.(text, () => terminal.stop('SIGINT'));
  const flags = parseFlags(deployCommand(terminal), args);
  const context = {
    ...deployContext(flags, terminal),
    ...reaching(emulator),
    projectRoot: folder,
    upload,
    time: new SkippedTime(() => emulator.taskRouter.idle()),
  };
  return resultOf(terminal, deployInContext(flags, context));
}

/** As `main` ends a command. */
async function resultOf(terminal: RecordingTerminal, command: Promise<void>): Promise<ToolResult> {
  try {
    await command;
  } catch (error) {
    terminal.writeError(failureMessage(error));
    terminal.exitCode = exitCode(error);
  }
  return { code: terminal.exitCode, output: terminal.text };
}

function parseFlags<Flags>({ builder }: CommandModule<object, Flags>, args: readonly string[]): Flags {
  if (typeof builder !== 'function') throw new Error('the command has no builder');
  return (builder(yargs([...args])) as Argv<Flags>).parseSync() as Flags;
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
