/** `2026-01-31 14:05:09 UTC`. */
export const timeText = (time: number): string => exactTimeText(time).replace(/\.\d+/, '');

/** `2026-01-31 14:05:09.123 UTC`, for times that are compared. */
export const exactTimeText = (time: number): string =>
  new Date(time).toISOString().replace('T', ' ').replace('Z', ' UTC');
