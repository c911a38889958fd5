import type { Cancel } from '../../../system/clock';
import type { CallEnded, ConferenceEnded } from '../../model/commands';
import type { Task, Transfer, VoiceCall } from '../../model/entities';
import { StoreFailed } from '../../store/store';
import type { LiveCall } from '../calls/live-call';
import type { VoiceServices } from '../voice-services';
import type { Conference, ConferenceEvent } from './conference';
import type { Participant } from './participant';
import { bringCustomer } from './task-customer';
import {
  type ConferenceValues,
  callbackOf,
  conferenceIn,
  joinCall,
  musicOf,
  supervisorSettings,
  workerSettings,
} from './task-participants';

/**
 * Puts the calls of the instructions `conference` and `supervise` into the conference of their task, with its customer,
 * and tells the engine when it ends.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#conference
 */
export class TaskConferences {
  /** The calls that have been put into a conference. They are only once. */
  private readonly joined = new WeakSet<LiveCall>();
  /** An application may give its own conferences the sid of a task as a name, too. */
  private readonly own = new WeakSet<Conference>();

  constructor(private readonly services: VoiceServices) {}

  /** @returns a function that stops it */
  start(): Cancel {
    const { calls, conferences } = this.services;
    const startedAt = calls.clock.now();
    const cancels = [
      calls.onChange((live) => this.restore(live, startedAt)),
      conferences.onEvent((conference, event) => this.happened(conference, event)),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }

  /** The worker or supervisor has answered. @param isRestored in a service that has stopped since */
  join(call: VoiceCall, live: LiveCall, isRestored = false): void {
    if (this.joined.has(live)) return;
    this.joined.add(live);
    const task = this.services.taskRouter.view.find('tasks', live.taskSid ?? '');
    if (task && call.instruction === 'conference') this.begin(call, live, task, isRestored);
    if (task && call.instruction === 'supervise') this.supervise(call, live, task);
  }

  /** A call that was answered before the service started is in its conference again. */
  private restore(live: LiveCall, startedAt: number): void {
    if (!live.isContinued || live.answeredAt === null || live.answeredAt > startedAt) return;
    const call = this.services.taskRouter.view.find('calls', live.sid);
    if (call) this.join(call, live, true);
  }

  /** The worker joins first. After a transfer, the customer is there already. */
  private begin({ parameters }: VoiceCall, live: LiveCall, task: Task, isRestored: boolean): void {
    const values: ConferenceValues = parameters;
    const { conferences } = this.services;
    const { sid, customer } = conferenceIn(task);
    const conference = conferences.findOrOpen({
      name: task.sid,
      sid,
      maxParticipants: values.max_participants,
    });
    this.own.add(conference);
    const isFirst = conference.participants.length === 0;
    const callback = isFirst ? callbackOf(values) : conference.callback;
    // Nobody is told twice who joined.
    conference.callback = isRestored ? null : callback;
    joinCall(conference, live, { settings: workerSettings(values), music: musicOf(values) }, this.services);
    if (customer && !conference.find(customer))
      bringCustomer(conference, customer, task, values, this.services);
    conference.callback = callback;
  }

  /** Our choice: if the task has no conference, the supervisor is connected to nobody. */
  private supervise({ reservationSid, parameters }: VoiceCall, live: LiveCall, task: Task): void {
    const conference = this.services.conferences.find(task.sid);
    if (!conference) return;
    const worker = workerOf(conference, reservationSid);
    joinCall(conference, live, { settings: supervisorSettings(parameters, worker) }, this.services);
  }

  /**
   * The customer is on hold until a worker says otherwise, and after a cold transfer, the first worker's call ends.
   * Source: the tests of Twilio's worker SDK
   */
  transfer({ taskSid, mode, initiatingReservationSid }: Transfer): void {
    const conference = this.services.conferences.find(taskSid);
    const task = this.services.taskRouter.view.find('tasks', taskSid);
    if (!conference || !task) return;
    const customer = conference.find(conferenceIn(task).customer ?? '');
    if (customer) conference.hold(customer, true);
    if (mode !== 'COLD') return;
    const worker = workerOf(conference, initiatingReservationSid);
    if (worker) conference.leave(worker.callSid, 'transferred');
  }

  private happened(conference: Conference, event: ConferenceEvent): void {
    if (event.name === 'participant-leave')
      this.endCall(conference, event.participant, event.departure === 'transferred');
    if (event.name === 'conference-end' && this.own.has(conference))
      this.tell({ type: 'ConferenceEnded', taskSid: conference.name }, event.participant?.call ?? null);
  }

  /** A call without TwiML has nothing else to do. */
  private endCall(conference: Conference, participant: Participant, isTransferred: boolean): void {
    const { call, callSid } = participant;
    if (!call || call.isOver || call.hasScript) return;
    const isStored = this.services.taskRouter.view.find('calls', callSid) !== undefined;
    if (!isStored) call.end();
    else {
      const conferenceGoesOn = isTransferred || conference.outlives(participant);
      this.tell({ type: 'CallEnded', callSid, conferenceGoesOn }, call);
    }
  }

  /** @param about the call that an unexpected error is reported for */
  private tell(command: CallEnded | ConferenceEnded, about: LiveCall | null): void {
    const { calls, taskRouter, error: report } = this.services;
    void calls.busyWith(async () => {
      await taskRouter.execute(command).catch((error) => {
        // A store failure was reported where it occurred.
        if (about && !(error instanceof StoreFailed)) report(about, error);
      });
    });
  }
}

/** The worker joined before any supervisor, whose call names the same reservation. */
const workerOf = ({ participants }: Conference, reservationSid: string): Participant | undefined =>
  participants.find(({ call }) => call?.reservationSid === reservationSid);
