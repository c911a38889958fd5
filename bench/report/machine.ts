import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Where and of what the figures are. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly commit: string;
  /** Unix milliseconds. */
  readonly date: number;
}

export function thisMachine(): Machine {
  const processors = cpus();
  const cpu = processors[0]?.model.trim() ?? 'unknown CPU';
  return { cpu, cores: processors.length, node: process.version, commit: commit(), date: Date.now() };
}

/** With a plus sign if something has changed since. */
function commit(): string {
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const name = git('rev-parse', '--short', 'HEAD');
  if (name === '') return 'unknown commit';
  return git('status', '--porcelain', '--untracked-files=no') === '' ? name : `${name}+`;
}

/** In one line, such as `Intel Xeon, 2 cores, Node v20.20.2, commit 1a2b3c4, 2026-11-28`. */
export function machineText({ cpu, cores, node, commit: name, date }: Machine): string {
  const day = new Date(date).toISOString().slice(0, 10);
  return `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, Node ${node}, commit ${name}, ${day}`;
}
