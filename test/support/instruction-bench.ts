import type { Reservation, Task, VoiceCall } from '../../src/taskrouter/model/entities';
import type { InstructionName } from '../../src/taskrouter/model/instructions';
import type { CallFailure } from '../../src/taskrouter/model/statuses';
import { type BenchOptions, EngineBench } from './engine-bench';
import { instructionOf } from './read-instruction';

const assignmentCallbackUrl = 'http://localhost:3000/assignment-callback';

/** What `<Enqueue>` writes into a task, as far as instructions look at it. */
export const enqueued = {
  selected_language: 'es',
  call_sid: `CA${'c'.repeat(32)}`,
  from: '+15550111',
  to: '+15550100',
};

/** Each instruction with all that it needs, for an enqueued task and a worker with a telephone. */
export const wholeInstructions: Readonly<Record<InstructionName, Readonly<Record<string, unknown>>>> = {
  accept: {},
  reject: {},
  dequeue: { from: '+15550100' },
  call: { from: '+15550100', url: 'https://example.com/twiml' },
  redirect: { call_sid: enqueued.call_sid, url: 'https://example.com/twiml' },
  conference: { from: '+15550100' },
  supervise: { supervisor: 'client:boss', from: '+15550100' },
};

/** An enqueued task on offer to Alice, whose telephone is `client:alice`; single-tasking by default. */
export class InstructionBench extends EngineBench {
  readonly taskSid: string;

  constructor(options: BenchOptions = {}, attributes: Record<string, unknown> = enqueued) {
    super({ assignmentCallbackUrl, ...options });
    const contact = { languages: ['en', 'es'], contact_uri: 'client:alice' };
    this.updateWorker(this.alice, { attributes: { text: JSON.stringify(contact), value: contact } });
    this.taskSid = this.addTask(attributes);
    this.setActivity(this.alice, 'Idle');
    this.takeEventTypes();
  }

  get theTask(): Task {
    return this.task(this.taskSid);
  }

  /** The last reservation of the task, as it is now. */
  get offer(): Reservation {
    const last = this.reservations(this.taskSid).at(-1);
    if (!last) throw new Error('the task was not offered');
    return last;
  }

  /** The instruction over REST. */
  instruct(name: InstructionName, parameters: object = wholeInstructions[name]): Reservation {
    const { workspaceSid, offer } = this;
    return this.run({
      type: 'InstructReservation',
      workspaceSid,
      reservationSid: offer.sid,
      instruction: instructionOf(name, parameters),
    });
  }

  /** The instruction as the response to the assignment callback. */
  respondWith(name: InstructionName, parameters: object = wholeInstructions[name]): void {
    this.respond(this.offer, name, parameters);
  }

  calls(): VoiceCall[] {
    return [...this.engine.view.all('calls')];
  }

  get theCall(): VoiceCall {
    const [call, second] = this.calls();
    if (!call || second) throw new Error('there is not one call');
    return call;
  }

  pickUp(): void {
    this.run({ type: 'CallAnswered', callSid: this.theCall.sid });
  }

  fail(failure: CallFailure): void {
    this.run({ type: 'CallFailed', callSid: this.theCall.sid, failure });
  }

  end(): void {
    this.run({ type: 'CallEnded', callSid: this.theCall.sid });
  }
}
