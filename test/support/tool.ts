import { parseArgs } from 'node:util';

/** The flags of a tool that repeats something with a seed. */
interface ToolFlags {
  readonly seed: number;
  readonly count: number;
}

export class BadFlags extends Error {}

/** The texts of the flags with these names. @throws BadFlags that names an unknown flag */
export function readTexts<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...args], options }).values as Partial<Record<Name, string>>;
  } catch (error) {
    throw new BadFlags((error as Error).message);
  }
}

/** @throws BadFlags that names the flag */
export function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new BadFlags(`Invalid --${name} '${text}'. Use a whole number.`);
}

export const randomSeed = (): number => Math.floor(Math.random() * 1_000_000);

/**
 * Reads `--seed N` and `--<countName> N`. The default seed is random.
 * @throws BadFlags that names the flag
 */
export function readFlags(args: readonly string[], countName: string, defaultCount: number): ToolFlags {
  const texts = readTexts(args, [countName, 'seed']);
  return {
    seed: wholeNumber('seed', texts.seed, randomSeed()),
    count: wholeNumber(countName, texts[countName], defaultCount),
  };
}

/** Says why a tool could not run. Exits with 2 on bad flags, and with 1 on any other error. */
export function fail(error: Error): void {
  process.stderr.write(`${error instanceof BadFlags ? error.message : error.stack}\n`);
  process.exitCode = error instanceof BadFlags ? 2 : 1;
}

/** How often a tool says how far it is, in milliseconds. */
export const progressMs = 5000;

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
    fail(error as Error);
  } finally {
    clearInterval(progress);
  }
}
