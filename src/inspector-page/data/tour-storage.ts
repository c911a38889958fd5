import { newTour, type Tour } from './tour';

const key = 'taskrouter-inspector-tour';

/** What of Web Storage is used; a browser may refuse to have any. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The tour as it was when the page was left, for this account. */
export function loadTour(storage: KeyValueStorage | null): Tour {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Tour> | null;
    return typeof kept?.reached === 'object' ? { ...newTour, ...kept } : newTour;
  } catch {
    return newTour;
  }
}

export function saveTour(storage: KeyValueStorage | null, tour: Tour): void {
  try {
    storage?.setItem(key, JSON.stringify(tour));
  } catch {
    // A full or forbidden storage costs the tour its memory and nothing else.
  }
}
