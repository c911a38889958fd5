import { createInterface } from 'node:readline/promises';
import { Interrupted } from '../signals';

/** Whether somebody at the terminal says yes. @throws Interrupted on Ctrl+C */
export async function askOnTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      // While it reads, the terminal sends no signal.
      terminal.once('SIGINT', () => reject(new Interrupted('Nothing was deployed.')));
      // The end of the input (Ctrl+D) is no answer.
      terminal.once('close', () => resolve(''));
      terminal.question(`${question} [y/N] `).then(resolve, reject);
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
