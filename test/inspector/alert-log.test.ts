import { AlertLog, type NewAlert } from '../../src/taskrouter/inspector/alert-log';
import { alertEntryToJson } from '../../src/taskrouter/inspector/entry-json';
import { alertLine } from '../../src/taskrouter/inspector/log-lines';
import { knownCodes, remedyFor } from '../../src/taskrouter/model/remedies';

const alert = (changes: Partial<NewAlert> = {}): NewAlert => ({
  code: 40154,
  level: 'error',
  workspaceSid: 'WS1',
  resourceSid: 'WT1',
  detail: 'nobody is known',
  at: 1000,
  source: 'engine',
  ...changes,
});

describe('the log of alerts', () => {
  it('lists the newest first, each with the remedy of its code', () => {
    const log = new AlertLog();
    log.add(alert());
    log.add(alert({ code: 40152 }));
    expect(log.list().map(({ id, code, remedy }) => [id, code, remedy])).toEqual([
      [2, 40152, remedyFor(40152)],
      [1, 40154, remedyFor(40154)],
    ]);
  });

  it('keeps what happened without the period that some of the texts have', () => {
    const entry = new AlertLog().add(alert({ detail: 'Created using the <Enqueue> TwiML verb.' }));
    expect(entry.detail).toBe('Created using the <Enqueue> TwiML verb');
  });

  it('keeps a warning without a code, and shows none', () => {
    const ended = { code: null, level: 'warning', detail: 'The call ended', remedy: 'Go on.' } as const;
    const entry = new AlertLog().add(alert(ended));
    expect(alertLine(entry)).toBe('warning  The call ended. Go on.');
    expect(alertEntryToJson(entry)).toMatchObject({ code: null, more_info: null });
  });

  it('keeps the newest when there are more than it has room for', () => {
    const log = new AlertLog({ capacity: 3 });
    for (let count = 1; count <= 20; count += 1) log.add(alert());
    expect(log.list().map(({ id }) => id)).toEqual([20, 19, 18]);
  });

  it('finds by code, level, workspace, task and worker, and limits the number', () => {
    const log = new AlertLog();
    log.add(alert());
    log.add(alert({ level: 'warning', code: 40001, taskSid: 'WT2', workerSid: 'WK2', resourceSid: 'WR2' }));
    log.add(alert({ workspaceSid: 'WS2', resourceSid: 'WK3' }));
    const ids = (query: Parameters<AlertLog['list']>[0]) => log.list(query).map(({ id }) => id);
    expect(ids({ code: 40001 })).toEqual([2]);
    expect(ids({ level: 'error' })).toEqual([3, 1]);
    expect(ids({ workspaceSid: 'WS2' })).toEqual([3]);
    expect(ids({ taskSid: 'WT1' })).toEqual([1]);
    expect(ids({ taskSid: 'WT2' })).toEqual([2]);
    expect(ids({ workerSid: 'WK3' })).toEqual([3]);
    expect(ids({ limit: 2 })).toEqual([3, 2]);
  });

  it('tells whoever listens until it does not listen any more, and forgets on request', () => {
    const log = new AlertLog();
    const seen: number[] = [];
    const stop = log.onEntry(({ id }) => seen.push(id));
    log.add(alert());
    stop();
    log.add(alert());
    expect(seen).toEqual([1]);
    log.clear();
    expect(log.list()).toEqual([]);
  });

  it('holds no secret, wherever it comes from', () => {
    const log = new AlertLog({ secrets: ['hunter2'] });
    log.add(alert({ detail: 'the answer was hunter2' }));
    expect(JSON.stringify(log.list())).not.toContain('hunter2');
  });
});

describe('the line of an alert', () => {
  it('says level, code, what happened and what to do', () => {
    const entry = new AlertLog().add(alert({ remedy: 'Do this.' }));
    expect(alertLine(entry)).toBe('error 40154  nobody is known. Do this.');
  });

  it('cannot steer the terminal', () => {
    const entry = new AlertLog().add(alert({ detail: 'a\u001b[31mb\nc' }));
    expect(alertLine(entry)).toContain('a [31mb c');
  });
});

describe('the remedies', () => {
  /** The TaskRouter codes of https://www.twilio.com/docs/api/errors that this service can have a reason for. */
  const documented = [
    14204, 14205, 14212, 14213, 14215, 14217, 14218, 14222, 14240, 14241, 40000, 40001, 40005, 40100, 40110,
    40111, 40112, 40113, 40114, 40120, 40121, 40122, 40123, 40130, 40131, 40132, 40133, 40134, 40135, 40136,
    40137, 40138, 40139, 40140, 40141, 40142, 40143, 40144, 40145, 40146, 40147, 40148, 40149, 40151, 40152,
    40153, 40154, 40155, 40157, 40158, 40159, 55555,
  ];

  it('are there for every documented code', () => {
    expect(documented.filter((code) => !knownCodes.includes(code))).toEqual([]);
  });

  it('are one sentence each', () => {
    for (const code of knownCodes) expect(remedyFor(code)).toMatch(/^[A-Z][^\n]{15,120}\.$/);
  });

  it('lead to the page of a code that has none', () => {
    expect(remedyFor(99999)).toBe('See https://www.twilio.com/docs/errors/99999.');
  });
});
