import { newTour, type Tour } from './tour';

const key = 'taskrouter-inspector-tour';

/** What of Web Storage is used; a browser may refuse to have any. */
export interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The tour as it was when the page was left, for this account. */
export function readTour(storage: KeyValues | null): Tour {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Tour> | null;
    return typeof kept?.reached === 'object' ? { ...newTour, ...kept } : newTour;
  } catch {
    return newTour;
  }
}

export function keepTour(storage: KeyValues | null, tour: Tour): void {
  try {
    storage?.setItem(key, JSON.stringify(tour));
  } catch {
    // A full or forbidden storage costs the tour its memory and nothing else.
  }
}
