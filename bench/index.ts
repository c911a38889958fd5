import { measures } from './measures';
import { print } from './report/report';
import { BadArguments, help, readArguments } from './run/arguments';
import { measureFlag, runMeasure } from './run/measure-process';
import { isComplete, runAll } from './run/run-all';

async function bench(args: readonly string[]): Promise<void> {
  const [flag, name = '', options = ''] = args;
  if (flag === measureFlag) return runMeasure(measures, name, options);
  const known = measures.map((measure) => measure.name);
  const chosen = readArguments(args, known);
  if (chosen.help) return void process.stdout.write(help(measures));
  const wanted = measures.filter((measure) => chosen.only.length === 0 || chosen.only.includes(measure.name));
  const results = await runAll(wanted, chosen);
  print(results, chosen);
  if (!isComplete(results)) process.exitCode = 1;
}

bench(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof BadArguments ? error.message : error);
  process.exitCode = error instanceof BadArguments ? 2 : 1;
});
