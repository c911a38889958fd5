import { ConfigurationError } from '../../system/config';
import type { Rewrite } from '../../taskrouter/webhooks/http-transport';
import { originOf } from '../origin';

/**
 * Reads the values of `--rewrite`, such as `https://name.example=http://localhost:5000`.
 * @throws ConfigurationError
 */
export function readRewrites(texts: readonly string[]): Rewrite[] {
  const rewrites = texts.map(readRewrite);
  const repeated = rewrites.find(({ from }, index) =>
    rewrites.some((each, at) => at < index && each.from === from),
  );
  if (repeated)
    throw new ConfigurationError([`--rewrite ${repeated.from} is given twice. Keep one of them.`]);
  return rewrites;
}

function readRewrite(text: string): Rewrite {
  const [from, to] = text.split(/=(?=https?:\/\/)/i).map(originOf);
  if (from && to) return { from, to };
  throw new ConfigurationError([
    `Invalid --rewrite "${text}". Give two http or https addresses without a path, such as https://name.example=http://localhost:5000.`,
  ]);
}
