import { setTimeout as sleep } from 'node:timers/promises';
import { exitCodes } from '../exit-codes';
import { notRunning, requestRunning } from '../running';
import { untilStopped } from '../signals';
import type { Terminal } from '../terminal';
import { writeJson } from '../workspace/output';
import { type CallJson, transcriptText } from './transcript-text';

/** Our choice, in milliseconds: how often the command looks for news of the call. */
const intervalMs = 200;
const lasting = ['ringing', 'in-progress'];

/**
 * Begins a call, and prints its conversation until it is over. At Ctrl+C the caller hangs up.
 * @param data the directory as typed, for messages
 * @throws ConfigurationError if nothing runs there, Error with the message of a response that refuses the call
 */
export async function followCall(
  terminal: Terminal,
  directory: string,
  form: URLSearchParams,
  { data, json }: { readonly data: string; readonly json: boolean },
): Promise<void> {
  const ask = async (path: string, body?: URLSearchParams) => {
    const response = await requestRunning(terminal, directory, path, body);
    if (response === null) throw notRunning(data);
    return response as CallJson;
  };
  let call = await ask('calls', form);
  const own = `calls/${call.call_sid}`;
  const stopped = untilStopped(terminal).promise.then(() => 'stopped' as const);
  for (let printed = 0; ; ) {
    if (!json) for (const line of newLines(call, printed)) terminal.write(`${transcriptText(line)}\n`);
    printed = call.line_count;
    if (!lasting.includes(call.status)) break;
    const isStopped = (await Promise.race([stopped, sleep(intervalMs)])) === 'stopped';
    call = isStopped ? await hungUp(own, ask) : await ask(own);
    if (isStopped) terminal.exitCode = exitCodes.interrupted;
  }
  if (json) return writeJson(terminal, call);
  terminal.write(`The call is over: ${call.status}${call.task_sid ? `, Task ${call.task_sid}` : ''}\n`);
}

/** @param printed how many lines have been printed */
const newLines = ({ transcript, line_count: count }: CallJson, printed: number): CallJson['transcript'] =>
  count === printed ? [] : transcript.slice(printed - count);

/** The call may have ended by itself meanwhile. */
async function hungUp(
  own: string,
  ask: (path: string, form?: URLSearchParams) => Promise<CallJson>,
): Promise<CallJson> {
  const { status } = await ask(own);
  return lasting.includes(status) ? ask(own, new URLSearchParams({ action: 'hang_up' })) : ask(own);
}
