import { masked } from '../../common/secrets';

const password = /(\/\/[^/@:\s"]*):[^/@\s"]*@/g;

/** The password that a URL carries is nobody's business. */
export function maskPasswords(text: string): string {
  return text.replace(password, `$1:${masked}@`);
}

export const carriesPassword = (url: string) => maskPasswords(url) !== url;
