// npm passes SIGTERM to the shell between us, which ends without passing it on: who loses its parent is meant, too.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();
