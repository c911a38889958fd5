import type { Json } from '../http/json';

/** The response of an operation; `version` becomes the ETag. */
export interface ApiResponse {
  readonly status: 200 | 201 | 204;
  readonly body?: Json;
  readonly version?: number;
  /** What the log of requests keeps in place of a long body. */
  readonly logged?: object;
}

export function ok(body: Json, version?: number): ApiResponse {
  return version === undefined ? { status: 200, body } : { status: 200, body, version };
}

export function created(body: Json, version?: number): ApiResponse {
  return { ...ok(body, version), status: 201 };
}

export const noContent: ApiResponse = { status: 204 };
