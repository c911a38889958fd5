import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A client that an unchanged program uses. */
export interface Client {
  /** As the table in docs/run.md names it. */
  readonly name: string;
  readonly command: readonly string[];
  /** A command that fails without the client, and prints its version; the first match of the pattern is the version. */
  readonly version: readonly [pattern: RegExp, ...command: string[]];
}

/** Earlier major versions of the SDK than the project's own. */
export const twilioNodeVersions = ['3.84.1', '4.23.0', '5.13.1'] as const;

const program = (file: string) => path.join(__dirname, 'programs', file);

/** The system's, because its packages are; another one may come first in the path. */
export const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

const number = /\d+\.\d+(\.\d+)?/;

export const clients: readonly Client[] = [
  {
    name: 'twilio-python, with requests',
    command: [python, program('create_task.py')],
    version: [number, python, '-c', 'import flask, requests, twilio; print(twilio.__version__)'],
  },
  {
    name: '`Net::HTTP` of Ruby',
    command: ['ruby', program('create_task.rb')],
    version: [number, 'ruby', '--version'],
  },
  {
    name: 'cURL of PHP',
    command: ['php', program('create_task.php')],
    version: [number, 'php', '-r', 'curl_version(); echo PHP_VERSION;'],
  },
  {
    name: '`net/http` of Go',
    command: ['go', 'run', program('create_task.go')],
    version: [number, 'go', 'version'],
  },
  {
    name: '`HttpClient` and `HttpURLConnection` of Java',
    command: ['java', program('CreateTask.java')],
    // The runtime alone cannot compile the program.
    version: [number, 'javac', '--version'],
  },
  {
    name: 'curl',
    command: ['bash', program('create-task.sh')],
    version: [number, 'curl', '--version'],
  },
];

/** The version on this machine; undefined if the client is not there. */
export function versionOf({ version: [pattern, command = '', ...args] }: Client): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? pattern.exec(stdout)?.[0] : undefined;
}
