import type { View } from '../../src/taskrouter/engine/state/view';
import { type TableName, tableNames } from '../../src/taskrouter/model/entities';
import { sidPrefix } from '../../src/taskrouter/model/sids';
import type { Random } from '../simulation/random';
import { hostileJson, hostileValue, randomDate, randomNumber, randomUrl, randomWord } from './hostile-values';
import { randomExpression, validExpression } from './random-expressions';

/** Events are not in a table. */
const isTable = (name: string): name is TableName => tableNames.some((table) => table === name);

/** Values for the parameters of requests, chosen by the name of the parameter. */
export class ParameterValues {
  /** Whether the values are meant to be accepted: otherwise few requests would get far. */
  isCareful = false;

  constructor(
    private readonly view: View,
    private readonly random: Random,
  ) {}

  valueOf(name: string, workspaceSid?: string): string {
    if (!this.isCareful && this.random.once(4)) return hostileValue(this.random);
    const table = tableOf(name);
    if (table) return this.sid(table, workspaceSid);
    const kind = this.kinds.find(([pattern]) => pattern.test(name));
    return kind ? kind[this.isCareful ? 1 : 2](workspaceSid) : randomWord(this.random);
  }

  /** The sid of a row of this table and workspace; unless careful, something like one from time to time. */
  sid(table: string, workspaceSid?: string): string {
    const { random } = this;
    const row = isTable(table)
      ? random.maybeOf(this.view.all(table, table === 'workspaces' ? undefined : workspaceSid))
      : undefined;
    if (row && (this.isCareful || !random.once(12))) return row.sid;
    const digits = random
      .integer(0, 2 ** 31 - 1)
      .toString(16)
      .padStart(32, '0');
    const made = `${random.of(Object.values(sidPrefix))}${digits}`;
    return random.of([made, made.toUpperCase(), made.slice(0, 20), `${made}0`, hostileValue(random)]);
  }

  /** By name: a value that is probably accepted, and one that may be. */
  private readonly kinds: readonly (readonly [RegExp, Value, Value])[] = [
    [/^(Status|AssignmentStatus|ReservationStatus)$/, () => this.status(), () => randomWord(this.random)],
    [/RoutingTarget|PageToken/, (sid) => this.token(sid), () => this.token()],
    [/^Attributes$/, () => this.attributes(), () => hostileJson(this.random)],
    [/Configuration/, (sid) => this.configuration(sid), () => this.configuration()],
    [
      /Expression|TargetWorkers|Evaluate/,
      () => validExpression(this.random),
      () => randomExpression(this.random),
    ],
    [/^Dequeue|^Conference|^Call|^Redirect|^Supervis/, () => '+15550111', () => hostileValue(this.random)],
    [/Url$/i, () => 'http://functions.example/assignment-callback', () => randomUrl(this.random)],
    [/Date|VirtualStartTime/, () => '2026-01-31T11:00:00Z', () => randomDate(this.random)],
    [/^Page$/, () => '0', () => randomNumber(this.random)],
    [
      /Size|Priority|Timeout|Capacity|Max|Minutes|Split/,
      () => String(this.random.integer(1, 50)),
      () => randomNumber(this.random),
    ],
    [
      /Available|Enabled|Optimized|Ignore|Reject|ReEvaluate/,
      () => this.flag(),
      () => randomWord(this.random),
    ],
    [/TaskChannel/, () => this.random.of(['default', 'voice', 'chat']), () => randomWord(this.random)],
    [/Order$/, () => this.random.of(['FIFO', 'LIFO']), () => randomWord(this.random)],
    [/Name$/, () => `Name ${this.random.integer(0, 9999)}`, () => this.name()],
    [/^Instruction$/, () => this.random.of(['accept', 'reject', 'dequeue', 'conference']), () => this.name()],
  ];

  private name(): string {
    return this.random.of(['Alice', 'Idle', 'default', 'voice', 'Everybody', 'instruct']);
  }

  private flag(): string {
    return this.random.of(['true', 'false']);
  }

  private status(): string {
    return this.random.of(['accepted', 'rejected', 'wrapping', 'completed', 'canceled', 'pending']);
  }

  private token(workspaceSid?: string): string {
    const table = this.random.of(['workflows', 'taskQueues', 'workers'] as const);
    return this.random.of(['', '', '', 'PA', 'PB', 'PC']) + this.sid(table, workspaceSid);
  }

  private attributes(): string {
    const language = this.random.of(['es', 'en', 'fr']);
    return JSON.stringify({
      selected_language: language,
      languages: [language],
      level: this.random.integer(0, 9),
    });
  }

  private configuration(workspaceSid?: string): string {
    const { random } = this;
    const expression = () => (this.isCareful ? validExpression(random) : randomExpression(random));
    const queue = () => this.sid('taskQueues', workspaceSid);
    const target = () => ({
      queue: queue(),
      expression: this.maybe(expression),
      priority: this.maybe(() => random.integer(0, 10)),
      timeout: this.maybe(() => random.integer(1, 100)),
      skip_if: this.maybe(() => random.of(['workers.available == 0', '1==1', expression()])),
      order_by: this.maybe(() => random.of(['worker.level DESC', 'worker.x ASC, worker.y'])),
      known_worker_friendly_name: this.maybe(() => random.of(['task.worker', 'Alice'])),
    });
    const filters = Array.from({ length: random.integer(1, 3) }, () => ({
      filter_friendly_name: 'Filter',
      expression: expression(),
      targets: Array.from({ length: random.integer(1, 3) }, target),
    }));
    return JSON.stringify({
      task_routing: { filters, default_filter: this.maybe(() => ({ queue: queue() })) },
    });
  }

  private maybe<Value>(value: () => Value): Value | undefined {
    return this.random.once(3) ? value() : undefined;
  }
}

type Value = (workspaceSid?: string) => string;

const tableOfSid = {
  ActivitySid: 'activities',
  TaskQueueSid: 'taskQueues',
  WorkflowSid: 'workflows',
  WorkerSid: 'workers',
  ReservationSid: 'reservations',
  TaskSid: 'tasks',
  Sid: 'events',
} as const;

/** The table in which the value of a parameter is looked up. */
function tableOf(name: string): string | undefined {
  return Object.entries(tableOfSid).find(([ending]) => name.endsWith(ending))?.[1];
}
