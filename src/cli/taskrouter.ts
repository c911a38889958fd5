// Check this before loading anything that an old Node cannot parse.
const obstacle = obstacleToRun();

if (obstacle) {
  process.stderr.write(`${obstacle}\n`);
  process.exitCode = 3;
} else {
  Promise.all([import('./main'), import('./terminal'), import('./divert-logs')]).then(
    async ([{ main }, { endProcess }, { divertLogs }]) => {
      divertLogs();
      await main(process.argv.slice(2));
      await endProcess();
    },
    explainMissing,
  );
}

/** Why nothing can run here; null if everything can. */
function obstacleToRun(): string | null {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    return `taskrouter needs Node 20.19 or newer; this is ${process.version}. Install a newer Node from https://nodejs.org and try again.`;
  try {
    process.cwd();
    return null;
  } catch {
    return 'The current directory no longer exists. Change to another directory and try again.';
  }
}

/** A clone in which npm has not installed anything yet. */
function explainMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  process.stderr.write(
    `The taskrouter command needs packages that are not installed. Run "npm ci" and try again.\n`,
  );
  process.exitCode = 3;
}

export {};
