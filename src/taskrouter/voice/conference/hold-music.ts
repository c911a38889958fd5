import type { LiveCall } from '../calls/live-call';
import { Dropped, type Scope } from '../calls/scope';
import { Flow } from '../twiml/flow';
import { TwimlFailed } from '../twiml/read-twiml';
import type { TwimlRequest } from '../twiml/twiml-client';
import { unhurried } from '../verbs/unhurried';
import { announcementVerbs } from '../verbs/verbs';
import type { VoiceServices } from '../voice-services';

interface HoldMusicParts {
  readonly call: LiveCall;
  readonly services: VoiceServices;
  /** Ends when the call is no longer in the conference, or before. */
  readonly scope: Scope;
  /** There is no TwiML at the URL. */
  readonly onFailure?: () => void;
}

/** TwiML that a call hears while it waits or is on hold. After its last verb, that is silence. */
export class HoldMusic {
  private playing: Scope | null = null;

  constructor(private readonly parts: HoldMusicParts) {}

  play(request: TwimlRequest): void {
    this.stop();
    const scope = this.parts.scope.child();
    this.playing = scope;
    void scope.busyWith(() => this.run(request, scope));
  }

  stop(): void {
    this.playing?.end(new Dropped());
    this.playing = null;
  }

  private async run(request: TwimlRequest, scope: Scope): Promise<void> {
    const { call, services, onFailure } = this.parts;
    const executors = unhurried(announcementVerbs, scope.clock);
    try {
      await new Flow({ call, services, scope, executors }).run(request);
    } catch (error) {
      if (error instanceof TwimlFailed) onFailure?.();
      // Everything else is the end of the music, or of the call, which notices it, too.
    }
  }
}
