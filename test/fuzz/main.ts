import { runTool } from '../support/tool';
import { fuzz } from './fuzz';
import { fuzzHost } from './fuzz-host';

// npm run fuzz -- [--seed N] [--cases N]

/** Requests to Functions take longer, and there are fewer kinds of them: one for so many to TaskRouter. */
const casesPerHostCase = 20;

void runTool({
  countName: 'cases',
  defaultCount: 100_000,
  async run({ seed, count }, onProgress) {
    const service = await fuzz({ seed, cases: count, onProgress });
    const host = await fuzzHost({ seed, cases: Math.ceil(count / casesPerHostCase) });
    const finding = service.finding ?? host.finding;
    return {
      figures: [
        `seed ${seed}: ${service.cases} cases, event loop blocked for at most ${service.maxDelayMs} ms; responses by status:`,
        ...rows(service.statuses),
        `The Functions host: ${host.cases} cases; responses by status:`,
        ...rows(host.statuses),
      ].join('\n'),
      finding: finding && `Found ${finding.rule}.\n${finding.detail}\n\n${finding.replay}`,
    };
  },
});

function rows(statuses: Readonly<Record<number, number>>): string[] {
  return Object.entries(statuses).map(([status, number]) => `${String(number).padStart(9)}  ${status}`);
}
