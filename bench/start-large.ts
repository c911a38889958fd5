import type { Measure } from './measure';
import { interleaved, median } from './rounds';
import { type LargeData, largeData } from './service/large-data';
import { checkLeftState } from './service/left-state';
import { withService } from './service/service';

export const startLarge: Measure = {
  name: 'start-large',
  about: 'From the start of the process to its ready line, with 50,000 tasks that wait',
  async run(options) {
    const large = await largeData(options);
    options.progress('starting');
    const { took } = await interleaved(options.quick ? 2 : 5, { took: () => timeToReady(large) });
    checkLeftState(large.data);
    return [
      {
        label: `Start with ${large.tasks.toLocaleString('en-US')} live tasks`,
        unit: 's',
        value: median(took),
        goals: [{ of: 'value', atMost: 1 }],
      },
    ];
  },
};

/** In seconds. */
async function timeToReady(large: LargeData): Promise<number> {
  const started = performance.now();
  return withService({ ...large, leaveUnchecked: true }, async () => (performance.now() - started) / 1000);
}
