/** What an operation answers; `version` becomes the ETag. */
export interface Answer {
  readonly status: 200 | 201 | 204;
  readonly body?: object;
  readonly version?: number;
}

export function ok(body: object, version?: number): Answer {
  return version === undefined ? { status: 200, body } : { status: 200, body, version };
}

export function created(body: object, version?: number): Answer {
  return { ...ok(body, version), status: 201 };
}

export const noContent: Answer = { status: 204 };
