import { newTour, type Tour } from './tour';

const key = 'taskrouter-inspector-tour';

/** The part of Web Storage that the tour uses. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The tour as it was when the page was closed, or a new one. @param storage null if the browser has none */
export function loadTour(storage: KeyValueStorage | null): Tour {
  try {
    const saved = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Tour> | null;
    return typeof saved?.reached === 'object' ? { ...newTour, ...saved } : newTour;
  } catch {
    return newTour;
  }
}

export function saveTour(storage: KeyValueStorage | null, tour: Tour): void {
  try {
    storage?.setItem(key, JSON.stringify(tour));
  } catch {
    // The storage may be full or disabled. The tour then starts over when the page is opened again.
  }
}
