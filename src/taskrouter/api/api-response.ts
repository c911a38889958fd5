/** The response of an operation; `version` becomes the ETag. */
export interface ApiResponse {
  readonly status: 200 | 201 | 204;
  readonly body?: object;
  readonly version?: number;
}

export function ok(body: object, version?: number): ApiResponse {
  return version === undefined ? { status: 200, body } : { status: 200, body, version };
}

export function created(body: object, version?: number): ApiResponse {
  return { ...ok(body, version), status: 201 };
}

export const noContent: ApiResponse = { status: 204 };
