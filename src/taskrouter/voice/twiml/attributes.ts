/** The value of a numeric attribute. Our choice: anything but a whole number counts as missing. */
export const wholeNumber = (text: string | undefined, defaultValue: number): number =>
  text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : defaultValue;

/** The value of an attribute that is true or false. Our choice: anything else counts as missing. */
export function flag(text: string | undefined, defaultValue: boolean): boolean {
  const word = text?.trim().toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : defaultValue;
}
