/** A grammar that the build and jest's transform compile into a module. */
declare module '*.peggy' {
  interface Expectation {
    readonly type: 'literal' | 'class' | 'any' | 'end' | 'other';
    /** Of `literal`. */
    readonly text?: string;
    /** Of `other`, a token with a name. */
    readonly description?: string;
  }

  /** `expected` is null when the grammar itself reported the error, with its own message. */
  // biome-ignore lint/suspicious/noShadowRestrictedNames: the name that peggy gives it
  export class SyntaxError extends Error {
    readonly expected: readonly Expectation[] | null;
    readonly location: { readonly start: { readonly offset: number } };
  }

  export function parse(source: string, options: object): unknown;
}
