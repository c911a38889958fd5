import { printable } from '../../common/printable';

/** A call as `/_taskrouter/calls` shows it. */
export interface CallJson {
  readonly call_sid: string;
  readonly status: string;
  readonly task_sid: string | null;
  /** All lines of the conversation: `transcript` leaves out the middle of a long one. */
  readonly line_count: number;
  readonly transcript: readonly {
    /** ISO 8601. */
    readonly at: string;
    readonly who: string;
    readonly verb: string;
    readonly text: string;
  }[];
}

/** One line of the conversation, with its time of day in UTC. */
export const transcriptText = ({ at, who, verb, text }: CallJson['transcript'][number]): string =>
  printable([at.slice(11, 19), who, verb, text].join(' ')).trimEnd();
