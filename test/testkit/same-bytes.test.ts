import type { CallbackRequest, TestTaskRouter } from '../../src/testkit/contract';
import { startTaskRouter } from '../../src/testkit/index';

/** Every response of one run as text, and every callback. */
interface Run {
  readonly responses: string[];
  readonly callbacks: string;
  readonly events: string;
  readonly port: number;
}

/** Accepts two of three, rejects the third, and fails now and then. */
function receiver() {
  let count = 0;
  return ({ kind, parameters }: CallbackRequest) => {
    if (kind === 'event') return undefined;
    count++;
    if (count % 5 === 0) return { status: 500 };
    const urgent = parameters.TaskAttributes?.includes('"urgent":true');
    return { body: { instruction: count % 3 === 0 && !urgent ? 'reject' : 'accept' } };
  };
}

/** The same commands each time, over HTTP: twelve tasks and two workers, with changes and deletions. */
async function run(seed: number, port: number): Promise<Run> {
  const taskRouter = await startTaskRouter({ seed, port, respond: receiver() });
  try {
    return await drive(taskRouter);
  } finally {
    await taskRouter.close();
  }
}

async function drive(taskRouter: TestTaskRouter): Promise<Run> {
  const responses: string[] = [];
  const send = async (method: string, path: string, form: Record<string, string> = {}) => {
    const text = await request(taskRouter, method, path, form);
    responses.push(text);
    return text === '' ? {} : JSON.parse(text);
  };
  const makeIdle = async () => {
    for (const worker of Object.values(taskRouter.workers)) {
      await send('POST', `/Workers/${worker}`, { ActivitySid: taskRouter.activities.Idle as string });
    }
  };
  for (let number = 0; number < 12; number++) {
    const attributes = { selected_language: number % 2 ? 'en' : 'es', urgent: number % 4 === 0, number };
    const { sid } = await send('POST', '/Tasks', { Attributes: JSON.stringify(attributes) });
    await makeIdle();
    await taskRouter.advance(97);
    if (number % 3 === 0) await send('POST', `/Tasks/${sid}`, { Priority: '7' });
    // Rejected if nobody has accepted; that is a response, too.
    if (number % 4 !== 3) await send('POST', `/Tasks/${sid}`, { AssignmentStatus: 'completed' });
    else await send('DELETE', `/Tasks/${sid}`);
    for (const path of ['/Tasks', '/Workers', `/Tasks/${sid}/Reservations`]) await send('GET', path);
  }
  await taskRouter.advance(3600);
  const { meta } = await send('GET', '/Events?PageSize=7&Minutes=600');
  responses.push(await fetchText(taskRouter, meta.next_page_url));
  return {
    responses,
    callbacks: JSON.stringify(taskRouter.callbacks()),
    events: JSON.stringify(taskRouter.events()),
    port: Number(new URL(taskRouter.url).port),
  };
}

function request(
  { url, workspaceSid, ...taskRouter }: TestTaskRouter,
  method: string,
  path: string,
  form: Record<string, string>,
): Promise<string> {
  const body = method === 'POST' ? new URLSearchParams(form) : null;
  return fetchText(taskRouter, `${url}/v1/Workspaces/${workspaceSid}${path}`, { method, body });
}

async function fetchText(
  { accountSid, authToken }: Pick<TestTaskRouter, 'accountSid' | 'authToken'>,
  url: string,
  init: RequestInit = {},
): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  return (await fetch(url, { ...init, headers: { authorization } })).text();
}

it('produces the same bytes for the same seed and the same commands', async () => {
  const first = await run(7, 0);
  // On the same port, because responses hold absolute URLs.
  const second = await run(7, first.port);
  expect(second).toEqual(first);
  expect(first.responses.length).toBeGreaterThan(50);
  for (const outcome of ['instruction:accept', 'instruction:reject', 'failed']) {
    expect([outcome, first.callbacks.includes(`"${outcome}"`)]).toEqual([outcome, true]);
  }
});

it('produces other sids for another seed', async () => {
  const first = await run(7, 0);
  const other = await run(8, first.port);
  const sids = (text: string) => new Set(text.match(/\b[A-Z]{2}[0-9a-f]{32}\b/g));
  const shared = [...sids(other.events)].filter((sid) => sids(first.events).has(sid));
  expect(shared).toEqual([]);
  expect(sids(other.events).size).toBe(sids(first.events).size);
});
