import { runBundled } from './run-bundled.mjs';

// Bundles bench/ like the command and runs it. Compare only the ratios: both sides of each come from the same run.

await runBundled('bench/index.ts', 'bench.js');
