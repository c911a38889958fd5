import { maskSecrets } from '../../common/secrets';
import type { Progress } from '../../deploy/deploy-options';
import type { Reporter } from '../reporter';

/** Shows each stage with its start time, and its details below. Secrets appear as `***`. */
export function createProgress({ say, colors }: Reporter, secrets: readonly string[]): Progress {
  const started = performance.now();
  const detail = (text: string, paint: (line: string) => string) => {
    for (const line of maskSecrets(text.trimEnd(), secrets).split('\n'))
      if (line.trim() !== '') say(paint(`           ${line}`));
  };
  return {
    stage: (title) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
      say(`${colors.dim(`${seconds} s`)}  ${colors.bold(title)}`);
    },
    say: (line) => detail(line, colors.dim),
    warn: (line) => detail(`! ${line}`, colors.yellow),
  };
}
