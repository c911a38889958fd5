// The Node check comes before anything is loaded that an old Node cannot even read.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `taskrouter needs Node 20.19 or newer; this is ${process.version}. Install a newer Node from https://nodejs.org and try again.\n`,
  );
  process.exitCode = 3;
} else {
  import('./main').then(({ main }) => main(process.argv.slice(2)), explainMissing);
}

/** Who installed the package has the test kit, and not what the command needs. */
function explainMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  process.stderr.write(
    'The taskrouter command runs in a clone of the project, after npm ci. What is installed here is the test kit: ' +
      "require('taskrouter-lifecycle').startTaskRouter.\n",
  );
  process.exitCode = 3;
}

export {};
