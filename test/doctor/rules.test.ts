import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  CallbackRequest,
  Condition,
  OpenReservation,
  OpenTask,
  WaitingQueue,
} from '../../src/doctor/condition';
import { diagnose } from '../../src/doctor/diagnose';
import { receiverFindings } from '../../src/doctor/receiver-findings';
import type { AskedFunctions, AskedUrl, Receivers } from '../../src/doctor/receivers';
import { type FindingCode, findingCodes, rules } from '../../src/doctor/rules';

const now = Date.parse('2026-01-31T12:00:00Z');
const seconds = (count: number) => count * 1000;
const minutes = (count: number) => seconds(60 * count);
const hours = (count: number) => minutes(60 * count);
const workspaceSid = 'WS1';
const url = 'https://care.example.com/assignment-callback';

const worker = (more: object = {}) => ({
  sid: 'WK1',
  name: 'Alice',
  activityName: 'Busy',
  availableActivity: { sid: 'WA1', name: 'Idle' },
  isOffline: false,
  activitySince: now - minutes(10),
  ...more,
});
const reservation = (more: Partial<OpenReservation> = {}): OpenReservation => ({
  sid: 'WR1',
  workspaceSid,
  taskSid: 'WT1',
  status: 'pending',
  since: now - minutes(1),
  expiresAt: now + minutes(1),
  onHold: false,
  worker: worker(),
  ...more,
});
const task = (more: Partial<OpenTask> = {}): OpenTask => ({
  sid: 'WT1',
  workspaceSid,
  status: 'pending',
  createdAt: now - minutes(5),
  endsAt: now + minutes(5),
  assignedAt: null,
  offers: 3,
  ...more,
});
const queue = (more: Partial<WaitingQueue> = {}): WaitingQueue => ({
  sid: 'WQ1',
  name: 'Spanish',
  workspaceSid,
  waiting: 2,
  oldest: { sid: 'WT1', since: now - minutes(10) },
  workers: 1,
  hasWorkerAtWork: true,
  offline: null,
  idle: [],
  ...more,
});
const idle = (more: object = {}) => ({
  name: 'Alice',
  activityName: 'Idle',
  taskSid: 'WT1',
  waitingSince: now - minutes(10),
  since: now - minutes(2),
  heldUntil: null,
  ...more,
});
const request = (more: Partial<CallbackRequest> = {}): CallbackRequest => ({
  kind: 'assignment',
  url,
  at: now - minutes(1),
  durationMs: 200,
  failure: null,
  ...more,
});
const failure = (reason: NonNullable<CallbackRequest['failure']>['reason'], at = now - minutes(1)) =>
  request({ at, failure: { reason, message: 'status 500 instead of 200', remedy: 'Check the log.' } });
const alert = (at: number) => ({
  code: 40154,
  at,
  place: 'WT1',
  message: 'No such worker',
  remedy: 'Name one.',
});
const functions = (more: Partial<AskedFunctions> = {}): AskedFunctions => ({
  url: 'https://care.example.com',
  failure: null,
  build: 'abc',
  sourceBuild: 'abc',
  configurationErrors: [],
  ...more,
});
const failed = (reason: NonNullable<AskedFunctions['failure']>['reason']) =>
  functions({ failure: { reason, message: 'They do not respond' } });
const asked = (more: Partial<AskedUrl> = {}): AskedUrl => ({
  url,
  durationMs: 20,
  unreachable: null,
  acceptsSignature: null,
  ...more,
});

interface Case {
  /** A state that trips the rule, and one that does not. */
  readonly trips: Partial<Condition> & Partial<Receivers>;
  readonly passes: Partial<Condition> & Partial<Receivers>;
  readonly place: string;
  readonly message: string;
}

const cases: Record<FindingCode, Case> = {
  reservation_overdue: {
    trips: { reservations: [reservation({ expiresAt: now - minutes(3) })] },
    passes: { reservations: [reservation({ expiresAt: now - seconds(59) })] },
    place: 'WR1',
    message: 'The reservation of Alice for WT1 is still pending 3 min after its timeout',
  },
  offered_to_offline_worker: {
    trips: { reservations: [reservation({ worker: worker({ isOffline: true, activityName: 'Offline' }) })] },
    passes: { reservations: [reservation()] },
    place: 'WR1',
    message:
      'WT1 is offered to Alice, who has been Offline for 10 min, and waits 1 min until the offer times out',
  },
  offline_worker_with_task: {
    trips: {
      reservations: [
        reservation({ status: 'accepted', worker: worker({ isOffline: true, activityName: 'Offline' }) }),
      ],
    },
    passes: { reservations: [reservation({ status: 'accepted' })] },
    place: 'WR1',
    message: 'WT1 is assigned to Alice, who has been Offline for 10 min',
  },
  long_wrapping: {
    trips: { reservations: [reservation({ status: 'wrapping', since: now - hours(3) })] },
    passes: { reservations: [reservation({ status: 'wrapping', since: now - hours(1) })] },
    place: 'WR1',
    message: 'WT1 has been wrapping with Alice for 3 h',
  },
  assignment_ends_soon: {
    trips: { tasks: [task({ status: 'assigned', assignedAt: now - hours(22) })] },
    passes: { tasks: [task({ status: 'assigned', assignedAt: now - hours(21) })] },
    place: 'WT1',
    message: 'WT1 has been assigned for 22 h, and TaskRouter ends it in 2 h',
  },
  time_to_live_ends_soon: {
    trips: { tasks: [task({ createdAt: now - minutes(9), endsAt: now + minutes(1) })] },
    passes: {
      tasks: [
        task({ createdAt: now - minutes(8), endsAt: now + minutes(1) }),
        task({ status: 'assigned', createdAt: now - minutes(99), endsAt: now + minutes(1) }),
      ],
    },
    place: 'WT1',
    message: 'WT1 has been waiting for 9 min, and is canceled in 1 min',
  },
  assignment_count_nearly_reached: {
    trips: { tasks: [task({ offers: 900 })] },
    passes: { tasks: [task({ offers: 899 }), task({ status: 'assigned', offers: 950 })] },
    place: 'WT1',
    message: 'WT1 was offered 900 times, and is canceled after 1000',
  },
  idle_worker_while_task_waits: {
    trips: { queues: [queue({ idle: [idle()] })] },
    passes: { queues: [queue({ idle: [idle({ since: now - seconds(59) })] })] },
    place: 'WT1',
    message: 'Alice is Idle, and WT1 has been waiting for 10 min in the queue "Spanish"',
  },
  no_worker_for_waiting_tasks: {
    trips: {
      queues: [queue({ hasWorkerAtWork: false, offline: worker({ activityName: 'Offline' }) })],
    },
    passes: {
      queues: [queue({ hasWorkerAtWork: false, oldest: { sid: 'WT1', since: now - minutes(4) } }), queue()],
    },
    place: 'WQ1',
    message:
      '2 tasks wait in the queue "Spanish", the first for 10 min, and its only worker, Alice, is Offline without a task',
  },
  callback_unreachable: {
    trips: { urls: [asked({ unreachable: 'Nothing responds' })] },
    passes: { urls: [asked()] },
    place: url,
    message: 'Nothing responds',
  },
  signature_refused: {
    trips: { urls: [asked({ acceptsSignature: false })] },
    passes: { urls: [asked({ acceptsSignature: true })] },
    place: url,
    message: 'It refuses a request that is signed with the auth token of the account',
  },
  callback_failed: {
    trips: { callbacks: [request({ at: now - minutes(2) }), failure('failed')] },
    passes: { callbacks: [failure('failed', now - minutes(61))] },
    place: url,
    message: 'Status 500 instead of 200 (1 min ago; 1 of the last 2 requests failed)',
  },
  callback_unreliable: {
    trips: { callbacks: [failure('failed', now - minutes(2)), request()] },
    passes: {
      callbacks: [failure('failed', now - minutes(2)), ...Array.from({ length: 10 }, () => request())],
    },
    place: url,
    message: '1 of the last 2 requests failed, the last one 2 min ago: status 500 instead of 200',
  },
  slow_callback: {
    trips: { callbacks: [request({ durationMs: 3100 }), request()] },
    passes: { callbacks: [request({ durationMs: 3000 })], urls: [asked({ durationMs: 3000 })] },
    place: url,
    message: '1 of the last 2 requests took over 3 s, the longest 3.1 s',
  },
  recent_alert: {
    trips: { alerts: [alert(now - minutes(1)), alert(now - minutes(2))] },
    passes: { alerts: [alert(now - minutes(61))] },
    place: 'WT1',
    message: 'Error 40154, 2 times in the last hour: No such worker',
  },
  functions_unreachable: {
    trips: { functions: failed('unreachable') },
    passes: { functions: functions() },
    place: 'https://care.example.com',
    message: 'They do not respond',
  },
  operator_rejected: {
    trips: { functions: failed('operator_rejected') },
    passes: { functions: functions() },
    place: 'https://care.example.com',
    message: 'They do not respond',
  },
  functions_misconfigured: {
    trips: { functions: functions({ configurationErrors: ['ASSIGNMENT_INSTRUCTION must be one of …'] }) },
    passes: { functions: functions() },
    place: 'https://care.example.com',
    message: 'ASSIGNMENT_INSTRUCTION must be one of …',
  },
  functions_of_another_build: {
    trips: { functions: functions({ build: 'def' }) },
    passes: { functions: functions({ build: null }) },
    place: 'https://care.example.com',
    message: 'The Functions are build def, and the sources in this folder are abc',
  },
};

const healthy: Condition = {
  now,
  target: 'local',
  tasks: [task()],
  reservations: [reservation(), reservation({ status: 'accepted' }), reservation({ status: 'wrapping' })],
  queues: [queue()],
  callbacks: [request()],
  alerts: [],
};

const found = (state: Case['trips'], target: Condition['target'] = 'local') => [
  ...diagnose({ ...healthy, ...state, target }),
  ...receiverFindings({ functions: null, urls: [], ...state, target }),
];

describe.each(Object.entries(cases) as [FindingCode, Case][])(
  'the rule %s',
  (code, { trips, passes, place, message }) => {
    it('finds what it is about, and where', () => {
      const { severity, source } = rules[code];
      const remedy = expect.any(String);
      expect(found(trips)).toEqual([{ code, severity, source, place, message, remedy }]);
    });

    it('finds nothing in a state without it', () => {
      expect(found(passes)).toEqual([]);
    });

    it('says what to do in a sentence, or with a command at its end', () => {
      for (const target of ['local', 'twilio'] as const) {
        const [finding] = found(trips, target);
        expect(finding?.remedy).toMatch(/\.$|: (npx taskrouter|npm run|curl) .*[\w"]$/);
      }
    });
  },
);

it('finds nothing in a healthy state', () => {
  expect(found({})).toEqual([]);
  expect(found({ functions: functions(), urls: [asked({ acceptsSignature: true })] })).toEqual([]);
});

it('says why an idle worker is not offered a task whose callbacks failed', () => {
  const [held] = found({ queues: [queue({ idle: [idle({ since: now, heldUntil: now + seconds(8) })] })] });
  expect(held?.message).toMatch(/: no callback URL gave a usable response, so the next offer is in 8 s$/);
});

it('gives commands for the target', () => {
  const overdue = cases.reservation_overdue.trips;
  const request = '-d ReservationStatus=rejected';
  const path = 'v1/Workspaces/WS1/Tasks/WT1/Reservations/WR1"';
  expect(found(overdue)[0]?.remedy).toMatch(`${request} "$TASKROUTER_BASE_URL/${path}`);
  expect(found(overdue, 'twilio')[0]?.remedy).toMatch(`${request} "https://taskrouter.twilio.com/${path}`);
  expect(found(cases.time_to_live_ends_soon.trips, 'twilio')[0]?.remedy).toMatch(
    'npx taskrouter explain WT1 --target twilio',
  );
});

it.each([
  ['unreachable', 'callback_unreachable'],
  ['signature_refused', 'signature_refused'],
] as const)('tells by past requests, too, that a callback is %s', (reason, code) => {
  expect(found({ callbacks: [failure(reason)] })).toEqual([expect.objectContaining({ code, place: url })]);
});

it('judges a URL by its newest 20 requests', () => {
  const newer = Array.from({ length: 20 }, () => request());
  expect(found({ callbacks: [failure('failed', now - minutes(2)), ...newer] })).toEqual([]);
});

it('lists 50 findings of a rule, and how many more there are', () => {
  const findings = found({ tasks: Array.from({ length: 60 }, () => task({ offers: 950 })) });
  expect(findings).toHaveLength(51);
  expect(findings.at(-1)).toMatchObject({ place: '', message: '10 more like the ones before' });
});

it('documents every rule, and no other', () => {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'doctor.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\w+) \| (.*) \|$/gm)].map(([, ...row]) => row);
  expect(rows).toEqual(findingCodes.map((code) => [code, rules[code].severity, rules[code].about]));
});
