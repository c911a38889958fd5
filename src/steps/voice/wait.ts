import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { CallLanguage } from './languages';

/** The place of a caller in the queue: https://www.twilio.com/docs/voice/twiml/enqueue#waiturl */
export interface QueuePlace {
  /** The first has 1; undefined if it is not known. */
  readonly position: number | undefined;
  /** How long the caller has waited, in seconds. */
  readonly waitedSeconds: number;
  /** How long callers wait on average, in seconds; 0 if no one has been served yet. */
  readonly averageSeconds: number;
}

/** A generated sound (assets/hold-music.wav.generated.js), which is an Asset. Twilio asks again when it ends. */
const holdMusic = '/hold-music.wav';

/** Says where the caller is in the queue, and plays music. */
export function wait(language: CallLanguage, place: QueuePlace): VoiceResponse {
  const response = new VoiceResponse();
  if (place.position !== undefined) {
    response.say({ language: language.voice }, language.waiting(place.position, minutesLeft(place)));
  }
  response.play(holdMusic);
  return response;
}

/** Whole minutes, at least one; null without an estimate. */
function minutesLeft({ waitedSeconds, averageSeconds }: QueuePlace): number | null {
  if (averageSeconds <= 0) return null;
  return Math.max(1, Math.ceil((averageSeconds - waitedSeconds) / 60));
}
