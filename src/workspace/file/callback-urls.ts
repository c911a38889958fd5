/** Stands for the address of the Functions, which each start and each deployment knows anew. */
export const functionsUrlPlaceholder = `\${FUNCTIONS_URL}`;

/** Whether it will be an http or https URL once the Functions' address is known. */
export function isCallbackUrl(text: string): boolean {
  const url = text.replaceAll(functionsUrlPlaceholder, 'https://functions.invalid');
  return /^https?:\/\/[^/]/i.test(url) && !url.includes('${') && URL.canParse(url);
}

/**
 * The URL with the Functions' address in it. Undefined, which leaves what is there alone, when the file does not say or
 * when the address is needed and not known yet (`functionsUrl` null); null takes a URL away, as an empty `functionsUrl`
 * does: there are no Functions.
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
