import path from 'node:path';

/** The compiled child of the Functions host; the build before the tests makes it. */
export const functionsChild = path.join(__dirname, '../../dist/cli/functions-child.js');
