import { type CallLanguage, languages } from './languages';

/** The language with this code; else the default. */
export const languageWithCode = (code: string | undefined): CallLanguage =>
  languages.find((language) => language.code === code) ?? languages[0];

/** The language that this key chooses; undefined for any other key. */
export const languageWithDigit = (digit: string): CallLanguage | undefined =>
  languages.find((language) => language.digit === digit);
