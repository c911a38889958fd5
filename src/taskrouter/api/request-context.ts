import { wholeSeconds } from '../engine/event-fields';
import type { View } from '../engine/state/view';
import type { TableName, Tables } from '../model/entities';
import type { FormatContext } from './formats/context';

/** The state that a request sees. */
export class RequestContext implements FormatContext {
  constructor(
    readonly accountSid: string,
    readonly root: string,
    readonly view: View,
    /** Unix milliseconds. */
    readonly now: number,
  ) {}

  find<Name extends TableName>(table: Name, sid: string): Tables[Name] | undefined {
    return this.view.find(table, sid);
  }

  ageOf(date: number): number {
    return wholeSeconds(date, this.now);
  }
}
