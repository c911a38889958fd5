import type { AlertEntry } from './alert-log';
import { printable } from './printable';

/** One line of text for an alert, as the terminal shows it: level, Twilio's code, what happened, what to do. */
export function alertLine({ level, code, detail, remedy }: AlertEntry): string {
  return printable(`${level} ${code}  ${detail}. ${remedy}`);
}
