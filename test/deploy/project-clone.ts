import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createColors } from 'picocolors';
import type { Twilio } from 'twilio';
import yargs, { type Argv } from 'yargs';
import { deploy as deployCommand } from '../../src/cli/commands/deploy';
import { type DeployFlags, deployInContext } from '../../src/cli/deploy/run-deploy';
import { exitCode, failureMessage } from '../../src/cli/failure';
import type { Reporter } from '../../src/cli/reporter';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import type { ProjectCopy } from '../../src/rehearsal/project';
import { runTool, type ToolResult } from '../../src/rehearsal/run-tool';
import { accountByToken } from '../../src/system/twilio-account';
import { createTwilioClient } from '../../src/workspace/client';
import { emulatorDispatcher, officialClient } from '../support/official-client';
import { copyOfProject, projectRoot, variables } from '../support/rehearsal';
import { SkippedTime } from '../support/skipped-time';
import { uploadInProcess } from '../support/upload-in-process';

const program = path.join(projectRoot, 'dist', 'cli', 'taskrouter.js');

/** A clone of the project in which somebody deploys to an emulator. */
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

  /**
   * Runs `taskrouter deploy …` in this process, without a terminal: the upload and the waits are replaced, everything else
   * is the command's own.
   */
  async deploy(
    args: readonly string[] = [],
    more: Readonly<Record<string, string>> = {},
  ): Promise<ToolResult> {
    const flags = parseDeployFlags(args);
    const lines: string[] = [];
    const { emulator } = this;
    try {
      await deployInContext(flags, {
        projectRoot: this.folder,
        environment: this.environment(more),
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

  /** Runs `taskrouter …` as a process, with the account in its environment and no terminal. */
  run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<ToolResult> {
    return runTool({ script: program, args, cwd: this.project.folder, environment: this.environment(more) });
  }

  /** The environment of such a process. */
  environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    const { account, environment } = this.emulator;
    const credentials = {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
    };
    return { ...process.env, NO_COLOR: '1', ...environment, ...credentials, ...more };
  }

  /** The same folder, deploying to another account. */
  in(emulator: TwilioEmulator): Clone {
    return new Clone(this.project, emulator);
  }

  get folder(): string {
    return this.project.folder;
  }

  /** The genuine `twilio-run deploy`, as whoever does not know our command would type it. */
  uploadOnly(): Promise<ToolResult> {
    const { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN } = this.emulator.account;
    return this.project.twilioRun(['deploy'], this.environment({ ACCOUNT_SID, AUTH_TOKEN }));
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

  /** Another build than the one before, in the eyes of everybody who asks. */
  rebuild(build: string): void {
    const artifact = JSON.parse(this.read('dist/artifact.json'));
    this.write('dist/artifact.json', JSON.stringify({ ...artifact, build }));
    this.write(
      'dist/functions/lifecycle.js',
      this.read('dist/functions/lifecycle.js').replaceAll(`"${artifact.build}"`, `"${build}"`),
    );
  }

  /** Changes what `.twilioserverlessrc` says of deploying, and adds other parts to it. */
  tellTool(deploy: object, parts: object = {}): void {
    const said = JSON.parse(this.read('.twilioserverlessrc').replace(/^\s*\/\/.*$/gm, ''));
    const commands = { ...said.commands, deploy: { ...said.commands.deploy, ...deploy } };
    this.write('.twilioserverlessrc', JSON.stringify({ ...said, ...parts, commands }));
  }

  /** Answers like a Function, and completes no task. */
  breakCompletion(): void {
    this.write(
      'dist/functions/complete-task.js',
      'exports.handler = (context, event, callback) => callback(null, {});',
    );
  }

  /** The assignment callback is open to everybody: nothing that the build would let pass. */
  openCallback(): void {
    const folder = path.join(this.folder, 'dist', 'functions');
    renameSync(
      path.join(folder, 'assignment-callback.protected.js'),
      path.join(folder, 'assignment-callback.js'),
    );
  }
}

function parseDeployFlags(args: readonly string[]): DeployFlags {
  const { builder } = deployCommand;
  if (typeof builder !== 'function') throw new Error('the command has no builder');
  return (builder(yargs([...args])) as Argv<DeployFlags>).parseSync();
}

/** Writes what standard output would show; with --json the line for machines. */
function recordingReporter(lines: string[], json: boolean): Reporter {
  const silent = () => undefined;
  return {
    colours: createColors(false),
    hostLog: silent,
    apiLog: { warn: silent, error: silent },
    say: (line) => void lines.push(line),
    machine: (value) => void (json && lines.push(JSON.stringify(value))),
  };
}

/** The account as its owner sees it. */
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

/** Names of everything in the workspace: nothing of a proof may be among them. */
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

/** What the tutorial's workspace holds, when there are no tasks. */
export const tutorialNames = [
  'Customer Care Requests - Spanish',
  'Customer Care Requests - English',
  'Incoming Customer Care Requests',
  'Alice',
  'Bob',
];
