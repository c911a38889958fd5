/** Stands for the address of the Functions, which differs with each start and deployment. */
export const functionsUrlPlaceholder = `\${FUNCTIONS_URL}`;

/** Whether this is an http or https URL once the placeholder is replaced. */
export function isCallbackUrl(text: string): boolean {
  const url = text.replaceAll(functionsUrlPlaceholder, 'https://functions.invalid');
  return /^https?:\/\/[^/]/i.test(url) && !url.includes('${') && URL.canParse(url);
}

/**
 * Replaces the placeholder with the address of the Functions.
 * @param functionsUrl null when the address is unknown; empty when there are no Functions
 * @returns undefined to leave the present URL alone, because the file has none or the address is unknown; null to remove
 * the present URL
 */
export function resolveCallbackUrl(
  written: string | null | undefined,
  functionsUrl: string | null,
): string | null | undefined {
  if (!written?.includes(functionsUrlPlaceholder)) return written;
  if (functionsUrl === null) return undefined;
  if (functionsUrl === '') return null;
  return written.replaceAll(functionsUrlPlaceholder, functionsUrl.replace(/\/+$/, ''));
}
