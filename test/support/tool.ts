import { parseArgs } from 'node:util';

/** The flags of a tool that repeats something with a seed. */
interface ToolFlags {
  readonly seed: number;
  readonly count: number;
}

export class BadFlags extends Error {}

/**
 * Reads `--seed N` and `--<countName> N`. The default seed is random.
 * @throws BadFlags that names the flag
 */
export function readFlags(args: readonly string[], countName: string, defaultCount: number): ToolFlags {
  const flags = [countName, 'seed'];
  const options = Object.fromEntries(flags.map((name) => [name, { type: 'string' as const }]));
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new BadFlags((error as Error).message);
  }
  const number = (name: string, otherwise: number) => {
    const text = values[name];
    if (text === undefined) return otherwise;
    if (/^\d{1,9}$/.test(String(text))) return Number(text);
    throw new BadFlags(`Invalid --${name} '${text}'. Use a whole number.`);
  };
  return {
    seed: number('seed', Math.floor(Math.random() * 1_000_000)),
    count: number(countName, defaultCount),
  };
}

/** How often a tool says how far it is, in milliseconds. */
const progressMs = 5000;

/** What a tool prints, and whether it found something. */
interface ToolReport {
  readonly figures: string;
  /** What is wrong, and how to replay it; null if nothing is. */
  readonly finding: string | null;
}

interface Tool {
  /** The name of the flag that says how often, such as `kills`. */
  readonly countName: string;
  readonly defaultCount: number;
  run(flags: ToolFlags, onProgress: (done: number) => void): Promise<ToolReport>;
}

/**
 * Runs a tool with the arguments of this process. Figures go to standard output, progress to standard error.
 * Exits with 1 on a finding, and with 2 on bad flags.
 */
export async function runTool(tool: Tool): Promise<void> {
  let done = 0;
  const progress = setInterval(() => {
    process.stderr.write(`${done} ${tool.countName}\n`);
  }, progressMs);
  try {
    const flags = readFlags(process.argv.slice(2), tool.countName, tool.defaultCount);
    const { figures, finding } = await tool.run(flags, (count) => {
      done = count;
    });
    process.stdout.write(`${figures}\n`);
    if (finding !== null) process.stdout.write(`\n${finding}\n`);
    process.exitCode = finding === null ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof BadFlags ? error.message : (error as Error).stack}\n`);
    process.exitCode = error instanceof BadFlags ? 2 : 1;
  } finally {
    clearInterval(progress);
  }
}
