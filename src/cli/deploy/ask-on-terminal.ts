import { createInterface } from 'node:readline/promises';
import { Interrupted } from '../signals';

/** Asks a yes-or-no question on the terminal. @throws Interrupted on Ctrl+C */
export async function askOnTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      // While readline reads, Ctrl+C sends no signal to the process.
      terminal.once('SIGINT', () => reject(new Interrupted('Nothing was deployed.')));
      // The end of the input (Ctrl+D) counts as no.
      terminal.once('close', () => resolve(''));
      terminal.question(`${question} [y/N] `).then(resolve, reject);
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
