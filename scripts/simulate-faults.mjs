import { runBundled } from './run-bundled.mjs';

// Simulates the service with random faults. See docs/reliability.md.

await runBundled('test/simulation/main.ts', 'simulate-faults.js');
