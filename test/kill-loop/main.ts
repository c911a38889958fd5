import { median } from '../../bench/rounds';
import { runTool } from '../support/tool';
import { killLoop } from './kill-loop';

// npm run kill-loop -- [--seed N] [--kills N]
// A seed repeats what clients do and how the service ends, but not the moment, which the processes decide.

void runTool({
  countName: 'kills',
  defaultCount: 200,
  async run({ seed, count }, onProgress) {
    const result = await killLoop({ seed, kills: count, onProgress });
    const { kills, acknowledged, torn, callbacks, repeated, readyMs, faults } = result;
    const lost = faults.filter((fault) => fault.includes(': lost')).length;
    return {
      figures: [
        `seed ${seed}: ${kills} kills`,
        `  ${acknowledged} acknowledged writes, ${lost} lost, ${torn} cut off with the end of a torn log`,
        `  ${callbacks} callbacks received, ${repeated} of them repeated`,
        `  ready after ${median(readyMs)} ms (median), ${Math.max(...readyMs)} ms (longest)`,
      ].join('\n'),
      finding:
        faults.length === 0
          ? null
          : `${faults.slice(0, 20).join('\n')}\n\nnpm run kill-loop -- --seed ${seed} --kills ${kills}`,
    };
  },
});
