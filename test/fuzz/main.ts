import { runTool } from '../support/tool';
import { fuzz } from './fuzz';

// npm run fuzz -- [--seed N] [--cases N]

void runTool({
  countName: 'cases',
  defaultCount: 100_000,
  async run({ seed, count }, onProgress) {
    const { cases, statuses, maxDelayMs, finding } = await fuzz({ seed, cases: count, onProgress });
    const responses = Object.entries(statuses).map(
      ([status, number]) => `${String(number).padStart(9)}  ${status}`,
    );
    return {
      figures: [
        `seed ${seed}: ${cases} cases, event loop blocked for at most ${maxDelayMs} ms; responses by status:`,
        ...responses,
      ].join('\n'),
      finding: finding && `Found ${finding.rule}.\n${finding.detail}\n\n${finding.replay}`,
    };
  },
});
