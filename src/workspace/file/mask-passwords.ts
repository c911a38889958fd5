import { masked } from '../../common/secrets';

const password = /(\/\/[^/@:\s"]*):[^/@\s"]*@/g;

/** Hides the passwords in URLs. */
export function maskPasswords(text: string): string {
  return text.replace(password, `$1:${masked}@`);
}

export const carriesPassword = (url: string) => maskPasswords(url) !== url;
