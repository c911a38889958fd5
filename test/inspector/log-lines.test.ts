import { CallbackLog } from '../../src/taskrouter/inspector/callback-log';
import { callbackLine } from '../../src/taskrouter/inspector/log-lines';
import { alerts } from '../../src/taskrouter/webhooks/alerts';
import { attempt, record, taskSid, workerSid } from '../support/callback-record';

const line = (partial: Parameters<typeof record>[0] = {}, name?: string) =>
  callbackLine(new CallbackLog().add(record(partial)), () => name);

describe('the line of a callback', () => {
  it('says what was announced, to whom, and what came of it', () => {
    expect(line({}, 'Alice')).toBe(
      `assignment ${taskSid} → Alice  POST http://127.0.0.1:3000/assignment-callback  200 {"instruction":"accept"}  12 ms  accepted`,
    );
    expect(line()).toContain(`→ ${workerSid}  POST`);
  });

  it('names the event', () => {
    const response = { status: 204, headers: {}, body: '' };
    const url = 'http://127.0.0.1:3000/event-callback';
    const event = { kind: 'event', eventType: 'task.created', outcome: 'delivered', result: null } as const;
    expect(line({ ...event, attempts: [attempt({ url, response })] })).toBe(
      `event task.created ${taskSid}  POST ${url}  204  12 ms  delivered`,
    );
  });

  it('names the call of a request for TwiML, and leaves out the TwiML', () => {
    const callSid = `CA${'5'.repeat(32)}`;
    const response = { status: 200, headers: {}, body: '<Response/>' };
    const url = 'http://127.0.0.1:3000/wait?CallSid=CA5';
    const voice = { kind: 'voice', callSid, outcome: 'twiml', result: null } as const;
    expect(line({ ...voice, attempts: [attempt({ method: 'GET', url, response })] })).toBe(
      `call ${callSid}  GET ${url}  200  12 ms  TwiML`,
    );
  });

  it('shows the last response of several, and how it came to it', () => {
    const alert = alerts.noResponse('connection_refused', 'connect ECONNREFUSED');
    const failed = attempt({
      response: null,
      error: { kind: 'connection_refused', message: 'connect ECONNREFUSED' },
      alert,
    });
    expect(line({ attempts: [failed, attempt({ role: 'fallback' })] })).toMatch(
      /accepted {2}fallback URL, 2 attempts$/,
    );
    expect(line({ outcome: 'failed', result: { kind: 'failed' }, attempts: [failed] })).toMatch(
      /connection_refused {2}12 ms {2}failed {2}\[11202\] connect ECONNREFUSED\. Check that/,
    );
  });

  it('stays one line that cannot steer the terminal, and not too long a one', () => {
    const body = `a\r\nb\u001b[2Jc\u2028d\u202ee${'x'.repeat(500)}`;
    const shown = line({ attempts: [attempt({ response: { status: 200, headers: {}, body } })] });
    expect(shown).toContain('200 a b [2Jc d ex');
    expect(shown.length).toBeLessThan(330);
  });
});
