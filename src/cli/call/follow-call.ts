import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamFailed } from '../errors';
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
 * @throws ConfigurationError if nothing runs there, Error with the message of a response that refuses the call,
 * UpstreamFailed if the call is forgotten meanwhile
 */
export async function followCall(
  terminal: Terminal,
  directory: string,
  form: URLSearchParams,
  { data, json }: { readonly data: string; readonly json: boolean },
): Promise<void> {
  const begun = await requestRunning(terminal, directory, 'calls', form);
  if (begun === null) throw notRunning(data);
  let call = begun as CallJson;
  const ask = asker(terminal, directory, `calls/${call.call_sid}`);
  const stopped = untilStopped(terminal).promise.then(() => 'stopped' as const);
  for (let printed = 0; ; ) {
    if (!json) for (const line of newLines(call, printed)) terminal.write(`${transcriptText(line)}\n`);
    printed = call.line_count;
    if (!lasting.includes(call.status)) break;
    const isStopped = (await Promise.race([stopped, sleep(intervalMs)])) === 'stopped';
    call = isStopped ? await hungUp(ask) : await ask();
    if (isStopped) terminal.exitCode = exitCodes.interrupted;
  }
  if (json) return writeJson(terminal, call);
  terminal.write(`The call is over: ${call.status}${call.task_sid ? `, Task ${call.task_sid}` : ''}\n`);
}

/** Shows the call, or continues it. */
type Ask = (form?: URLSearchParams) => Promise<CallJson>;

/** A call is forgotten if TaskRouter stops, is reset, or loads a snapshot. */
const asker =
  (terminal: Terminal, directory: string, path: string): Ask =>
  async (form) => {
    const response = await requestRunning(terminal, directory, path, form).catch((error) => {
      if (error.status === 404) return null;
      throw error;
    });
    if (response !== null) return response as CallJson;
    throw new UpstreamFailed(
      'The call is over, because TaskRouter has stopped or its state has been replaced.',
    );
  };

/** @param printed how many lines have been printed */
const newLines = ({ transcript, line_count: count }: CallJson, printed: number): CallJson['transcript'] =>
  count === printed ? [] : transcript.slice(printed - count);

/** The call may have ended by itself meanwhile. */
async function hungUp(ask: Ask): Promise<CallJson> {
  const { status } = await ask();
  return lasting.includes(status) ? ask(new URLSearchParams({ action: 'hang_up' })) : ask();
}
