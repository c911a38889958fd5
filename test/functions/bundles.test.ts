import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { bundleFunctions } from '../../src/host/build/bundle-functions';

const projectRoot = join(__dirname, '..', '..');
// Outside the project, where no node_modules folder is in reach: like a deployed Function, but without its packages.
const folder = mkdtempSync(join(tmpdir(), 'functions-'));

let build: string;

beforeAll(async () => {
  const outputFolder = relative(projectRoot, folder);
  const report = await bundleFunctions({ projectRoot, sourceFolder: 'functions', outputFolder });
  expect(report.failures).toEqual([]);
  build = report.build;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Loads one bundle in a process of its own, and prints as JSON what `code` leaves in `result`.
 * @param packages the folder of installed packages; none by default
 */
function inNewProcess(bundle: string, code: string, packages = ''): unknown {
  const script = `
    const loaded = [];
    const Module = require('node:module');
    const load = Module._load;
    Module._load = function (request, ...rest) { loaded.push(request); return load.call(this, request, ...rest); };
    const { handler } = require(${JSON.stringify(join(folder, bundle))});
    let result;
    ${code}
    process.stdout.write(JSON.stringify(result));`;
  const env = { ...process.env, NODE_PATH: packages };
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8', env }));
}

it('makes one file for each Function, and no other URL', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  expect(files.sort()).toEqual([
    'accept-reservation.js',
    'after-queue.protected.js',
    'agent-whisper.protected.js',
    'assignment-callback.protected.js',
    'cancel-task.js',
    'complete-task.js',
    'create-task.js',
    'enqueue-call.protected.js',
    'event-callback.protected.js',
    'incoming-call.protected.js',
    'lifecycle.js',
    'reject-reservation.js',
    'set-worker-activity.js',
    'wait.protected.js',
    'worker-token.js',
    'wrap-up-task.js',
  ]);
});

it.each(['assignment-callback.protected.js', 'event-callback.protected.js'])(
  'loads neither twilio nor any other package for %s, to keep cold starts short',
  (bundle) => {
    expect(inNewProcess(bundle, 'result = { loaded, files: Object.keys(require.cache) };')).toEqual({
      loaded: [join(folder, bundle)],
      files: [join(folder, bundle)],
    });
  },
);

it.each(['incoming-call', 'enqueue-call', 'wait', 'after-queue', 'agent-whisper'])(
  'loads only the TwiML builder of twilio for %s, to keep cold starts short',
  (name) => {
    const code = 'result = Object.keys(require.cache);';
    const bundle = `${name}.protected.js`;
    const files = inNewProcess(bundle, code, join(projectRoot, 'node_modules')) as string[];
    const ofTwilio = files.filter((file) => file.includes(join('node_modules', 'twilio')));
    expect(ofTwilio.map((file) => basename(file)).sort()).toEqual(['TwiML.js', 'VoiceResponse.js']);
    expect(files.length).toBeLessThan(50);
  },
);

it('writes the hash of the sources into lifecycle', () => {
  const bundle = readFileSync(join(folder, 'lifecycle.js'), 'utf8');
  expect(bundle).toContain(`"${build}"`);
  expect(bundle).not.toContain('__BUILD__');
});

it('responds to an assignment callback without any Twilio package', () => {
  const code = `
    handler({ ASSIGNMENT_INSTRUCTION: 'accept' }, { TaskAttributes: '{}' }, (error, response) => {
      result = { error, response, loaded: loaded.length, twilio: typeof Twilio };
    });`;
  expect(inNewProcess('assignment-callback.protected.js', code)).toEqual({
    error: null,
    response: { instruction: 'accept' },
    loaded: 1,
    twilio: 'undefined',
  });
});

it.each(['create-task.js', 'lifecycle.js'])('loads the SDK of %s only when it is needed', (bundle) => {
  expect(inNewProcess(bundle, 'result = loaded.slice(1);')).toEqual(['node:crypto']);
});
