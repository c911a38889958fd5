/** The value of a numeric attribute. Our choice: anything but a whole number counts as missing. */
export const wholeNumber = (text: string | undefined, defaultValue: number): number =>
  text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : defaultValue;
