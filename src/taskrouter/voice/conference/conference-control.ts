import type { Reservation, Task } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import type { HttpMethod } from '../../webhooks/transport';
import type { Conference } from './conference';
import type { Conferences } from './conferences';
import { type Participant, withBeepOnExit } from './participant';
import { conferenceIn } from './task-participants';

/** Whether a participant hears music instead of the others. */
export interface Hold {
  readonly hold: boolean;
  /** TwiML with the music; default: silence. */
  readonly url?: string | undefined;
  /** Default: GET. */
  readonly method?: HttpMethod | undefined;
}

/** What a worker may change about the own part in a conference. */
export interface OwnChange {
  readonly muted?: boolean | undefined;
  readonly endConferenceOnExit?: boolean | undefined;
  readonly beepOnExit?: boolean | undefined;
}

/** Changes who hears whom in the conference of a task, as the worker SDK asks for it. */
export class ConferenceControl {
  constructor(private readonly conferences: Conferences) {}

  /** @throws InvalidParameter if the customer is in no conference of the task */
  holdCustomer(task: Task, wanted: Hold): void {
    const conference = this.of(task.sid);
    const customer = conference.find(conferenceIn(task).customer ?? '');
    if (!customer) throw new InvalidParameter(`The customer is not in the conference of Task ${task.sid}`);
    hold(conference, customer, wanted);
  }

  /** @throws InvalidParameter if the worker is in no conference of the task */
  holdWorker(task: Task, workerSid: string, wanted: Hold): void {
    const conference = this.of(task.sid);
    hold(conference, workerIn(conference, workerSid), wanted);
  }

  /** The worker's call ends. @throws InvalidParameter as `holdWorker` does */
  kickWorker(task: Task, workerSid: string): void {
    const conference = this.of(task.sid);
    conference.leave(workerIn(conference, workerSid).callSid, 'removed');
  }

  /** @throws InvalidParameter as `holdWorker` does */
  changeWorker(
    { taskSid, workerSid }: Reservation,
    { muted, endConferenceOnExit, beepOnExit }: OwnChange,
  ): void {
    const conference = this.of(taskSid);
    const worker = workerIn(conference, workerSid);
    const { settings } = worker;
    conference.change(worker, {
      muted: muted ?? settings.muted,
      endConferenceOnExit: endConferenceOnExit ?? settings.endConferenceOnExit,
      beep: withBeepOnExit(settings.beep, beepOnExit),
    });
  }

  private of(taskSid: string): Conference {
    const conference = this.conferences.find(taskSid);
    if (conference) return conference;
    throw new InvalidParameter(`Task ${taskSid} has no conference in progress`);
  }
}

/** https://www.twilio.com/docs/voice/api/conference-participant-resource: the method of HoldUrl is GET by default. */
function hold(conference: Conference, participant: Participant, { hold, url, method = 'GET' }: Hold): void {
  conference.hold(participant, hold, url ? { url, method } : undefined);
}

function workerIn({ participants, name }: Conference, workerSid: string): Participant {
  const worker = participants.find(({ call }) => call?.workerSid === workerSid);
  if (worker) return worker;
  throw new InvalidParameter(`Worker ${workerSid} is not in the conference of Task ${name}`);
}
