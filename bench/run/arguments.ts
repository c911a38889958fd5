import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly quick: boolean;
  /** The names of the measures to run; empty for all. */
  readonly only: readonly string[];
  readonly format: 'table' | 'json' | 'markdown';
  /** Puts the table into `docs/performance.md`. */
  readonly write: boolean;
  readonly seed: number;
  readonly openapi: string | null;
  readonly help: boolean;
}

/** Arguments that the bench cannot follow. */
export class BadArguments extends Error {}

const options = {
  quick: { type: 'boolean', default: false },
  only: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  openapi: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * `--only` takes one or more names, also separated by commas.
 * @throws BadArguments that names the flag or the measure, and what to use instead
 */
export function readArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parsed(args);
  if (positionals.length > 0 && !values.only)
    throw new BadArguments(
      `Unknown argument '${positionals[0]}'. Name measures with --only ${positionals[0]}.`,
    );
  const only = [...(values.only ?? []), ...positionals].flatMap((names) => names.split(','));
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new BadArguments(`Unknown measure '${unknown[0]}'. Use ${known.join(', ')}.`);
  if (!/^\d{1,9}$/.test(values.seed))
    throw new BadArguments(`Invalid --seed '${values.seed}'. Use a whole number.`);
  if (values.write && only.length > 0)
    throw new BadArguments('--write needs all measures. Leave out --only.');
  if (values.json && values.markdown) throw new BadArguments('Use --json or --markdown, not both.');
  const { quick, write, help, openapi = null } = values;
  if (openapi !== null && !existsSync(openapi))
    throw new BadArguments(`--openapi: ${openapi} does not exist. Download twilio_taskrouter_v1.json.`);
  const format = values.json ? 'json' : values.markdown ? 'markdown' : 'table';
  return { quick, only, format, write, seed: Number(values.seed), openapi, help };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new BadArguments((error as Error).message);
  }
}

/** @param measures the name of each, and what it measures */
export function help(measures: readonly { readonly name: string; readonly about: string }[]): string {
  const width = Math.max(...measures.map(({ name }) => name.length));
  return `npm run bench -- [flags]

  --quick          Fewer rounds: all measures in less than two minutes
  --only NAME...   Runs these measures alone
  --openapi FILE   Compares with Prism, which mocks Twilio's OpenAPI description twilio_taskrouter_v1.json.
                   Installs Prism into node_modules/.cache the first time
  --seed N         Of whatever is random (default 1)
  --json           Prints the figures as JSON
  --markdown       Prints the table as Markdown
  --write          Puts the table into docs/performance.md, unless a measure fails
  --help           Prints this

Compare ratios rather than figures of different machines: both sides of a ratio are measured in turn, in the same run.
Exits with 0 whatever the figures are, with 1 if a measure failed, and with 2 on bad flags.

Measures:
${measures.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')}
`;
}
