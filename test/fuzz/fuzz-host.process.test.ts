import { twilioErrors } from './error-formats';
import { fuzzHost } from './fuzz-host';

describe('fuzzing the Functions host', () => {
  it('finds nothing wrong with it', async () => {
    const { cases, statuses, finding } = await fuzzHost({ seed: 1, cases: 60 });
    expect(finding).toBeNull();
    expect(cases).toBe(60);
    // Otherwise nothing was reached.
    for (const status of [200, 400]) expect(statuses[status]).toBeGreaterThan(0);
  });

  it('finds an error in another format, and the smallest request that causes it', async () => {
    const { finding } = await fuzzHost({ seed: 1, cases: 60, format: twilioErrors });
    expect(finding?.rule).toBe('an error in a wrong format');
    expect(finding?.replay).toMatch(/^(curl|echo) .*\nThe Functions host, seed 1$/s);
  });
});
