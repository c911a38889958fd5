/**
 * The languages of incoming calls, and everything that a caller hears. Edit this file: the first language is what a
 * caller gets without a choice. `code` becomes the task attribute `selected_language`, by which workspace.json routes.
 */
export interface CallLanguage {
  /** The task attribute `selected_language`. */
  readonly code: string;
  /** The key that the caller presses. */
  readonly digit: string;
  /** The language of the voice: https://www.twilio.com/docs/voice/twiml/say#attributes-language */
  readonly voice: 'en-US' | 'es-US';
  /** For the agent. */
  readonly name: string;
  /** The caller hears the choices one after another, in the order of their digits. */
  readonly choice: string;
  /** While the caller waits; `minutes` is null without an estimate. */
  readonly waiting: (position: number, minutes: number | null) => string;
  /** To a caller who has left the queue. */
  readonly left: string;
  /** The queue is full, or something went wrong. The call ends after it. */
  readonly failed: string;
}

const english: CallLanguage = {
  code: 'en',
  digit: '2',
  voice: 'en-US',
  name: 'English',
  choice: 'Thank you for calling. For English, press two, or hold the line.',
  waiting: (position, minutes) => {
    const place = position === 1 ? 'You are next in line.' : `You are number ${position} in line.`;
    return minutes === null ? place : `${place} The wait is about ${counted(minutes, 'minute')}.`;
  },
  left: 'Thank you for calling. Goodbye.',
  failed: 'We are sorry, we cannot take your call right now. Please call again later.',
};

const spanish: CallLanguage = {
  code: 'es',
  digit: '1',
  voice: 'es-US',
  name: 'Spanish',
  choice: 'Gracias por llamar. Para español, oprima el uno.',
  waiting: (position, minutes) => {
    const place = position === 1 ? 'Es el siguiente en la fila.' : `Es el número ${position} en la fila.`;
    return minutes === null ? place : `${place} La espera es de ${counted(minutes, 'minuto')}, más o menos.`;
  },
  left: 'Gracias por llamar. Hasta luego.',
  failed: 'Lo sentimos, no podemos atender su llamada en este momento. Llame más tarde, por favor.',
};

export const languages: readonly [CallLanguage, ...CallLanguage[]] = [english, spanish];

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
