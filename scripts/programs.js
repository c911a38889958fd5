/** What is built to run on a user's computer: `dist/cli/<name>.js`. */
const programs = [
  { name: 'taskrouter', entryPoint: 'src/cli/taskrouter.ts', executable: true },
  { name: 'functions-child', entryPoint: 'src/host/child/child.ts' },
  { name: 'redirect-connections', entryPoint: 'src/proxy/preload/redirect-connections.ts' },
];

/** Where a program of this list goes. @param {string} outdir such as `dist` */
const programIn = (outdir, { name, ...program }) => ({ ...program, outfile: `${outdir}/cli/${name}.js` });

module.exports = { programIn, programs };
