import { Store } from '../design/store';
import { type ReservationView, taskText } from './reservation-view';

/** What the browser has for alerts. */
export interface AlertFacilities {
  readonly isHidden: () => boolean;
  /** `unsupported` where the page cannot show notifications at all. */
  readonly permission: () => NotificationPermission | 'unsupported';
  readonly ask: () => Promise<void>;
  /** @throws where only a service worker may show notifications */
  readonly show: (title: string, options: NotificationOptions) => { close(): void };
  readonly read: () => boolean;
  readonly remember: (isOn: boolean) => void;
}

interface AlertState {
  readonly isOn: boolean;
  readonly permission: NotificationPermission | 'unsupported';
}

/** Draws attention to offers and calls while the page is in the background, if the agent asks for it. */
export class BackgroundAlerts extends Store<AlertState> {
  readonly #facilities: AlertFacilities;
  readonly #shown = new Map<string, { close(): void }>();

  constructor(facilities: AlertFacilities) {
    super({ isOn: facilities.read(), permission: facilities.permission() });
    this.#facilities = facilities;
  }

  /** Also asks the browser for permission: it may only be asked after a click. */
  readonly setOn = async (isOn: boolean): Promise<void> => {
    this.#facilities.remember(isOn);
    this.change({ isOn });
    if (isOn && this.#facilities.permission() === 'default') await this.#facilities.ask();
    this.change({ permission: this.#facilities.permission() });
  };

  /** To be called for a new offer. */
  offered(view: ReservationView): void {
    this.#show(view.sid, 'New offer', taskText(view));
  }

  /** To be called for a call that rings. @param text who calls */
  ringing(callSid: string, text: string): void {
    this.#show(callSid, 'Your phone rings', text);
  }

  #show(tag: string, title: string, body: string): void {
    const { isHidden, permission, show } = this.#facilities;
    if (!this.state.isOn || !isHidden() || permission() !== 'granted') return;
    try {
      this.#shown.set(tag, show(title, { body, tag }));
    } catch {
      this.change({ permission: 'unsupported' });
    }
  }

  /** To be called when an offer is over, or a call does not ring any more. */
  ended(sid: string): void {
    this.#shown.get(sid)?.close();
    this.#shown.delete(sid);
  }
}

/** What the page says below the switch. */
export function alertText({ isOn, permission }: AlertState): string {
  if (isOn && permission === 'denied')
    return 'The title of this tab counts offers and calls. Your browser blocks notifications for this page.';
  if (isOn && permission === 'unsupported')
    return 'The title of this tab counts offers and calls. This browser has no notifications for this page.';
  return 'While this tab is in the background, its title counts offers and calls, and a notification shows each new one.';
}
