import { createColors } from 'picocolors';
import { readConfig } from '../../system/config';
import type { Paints } from '../../workspace/plan/print';

/** Colours on a terminal that wants them, and none elsewhere. */
export function terminalPaints(): Paints {
  const colours = createColors(readConfig(process.env).colours && process.stdout.isTTY === true);
  return {
    create: colours.green,
    update: colours.yellow,
    delete: colours.red,
    note: colours.yellow,
    extras: colours.dim,
  };
}
