import type { SettleAssignmentCallback, SettleEventCallback } from '../model/commands';
import type { CallbackRecord } from './callback-record';
import type { Announcement } from './post';
import type { Attempts } from './tries';

/** What the delivery of one callback is given. */
export interface DeliveryContext {
  /**
   * Calls one URL within the limit of the callback's kind. Null when what is announced was settled otherwise before it
   * was this one's turn. Rejects with DeliveryStopped.
   */
  post(announcement: Announcement): Promise<Attempts | null>;
  /** Whether what is announced has meanwhile been settled otherwise. */
  isWithdrawn(): boolean;
}

/** What came of it. */
export interface Delivered {
  readonly record: CallbackRecord;
  readonly settle: SettleAssignmentCallback | SettleEventCallback;
}
