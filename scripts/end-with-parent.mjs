// npm sends SIGTERM only to the shell between npm and this process, and the shell ends without passing it on. So a lost
// parent counts as SIGTERM.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();
