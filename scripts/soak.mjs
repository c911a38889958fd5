import { runBundled } from './run-bundled.mjs';

// Bundles bench/soak.ts like the command and runs it.

await runBundled('bench/soak.ts', 'soak.js');
