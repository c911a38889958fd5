/** A stretch of an expression's source; `start` counts UTF-16 units from 0. */
export interface Span {
  readonly start: number;
  readonly text: string;
}
