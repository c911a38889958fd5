import { runBundled } from './run-bundled.mjs';

// Sends random and hostile requests to the local TaskRouter and to the Functions host.

await runBundled('test/fuzz/main.ts', 'fuzz.js');
