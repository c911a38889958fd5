import type { FileVersion } from './model';
import type { Parameters } from './parameters';
import type { ServerlessState } from './state';

/** Builds what was uploaded, and runs what was deployed. */
export interface BuildRunner {
  /** Starts a build; its status shows the result. */
  build(buildSid: string): void;
  /** Resolves when the environment runs its current build with its current variables. */
  activate(environmentSid: string): Promise<void>;
}

/** One request to a resource. */
export interface ServerlessRequest {
  readonly state: ServerlessState;
  readonly runner: BuildRunner;
  readonly accountSid: string;
  /** The sids (or unique names) in the path, by the names in the route. */
  readonly path: Readonly<Record<string, string>>;
  readonly parameters: Parameters;
  /** The file of a multipart request. */
  readonly upload: Pick<FileVersion, 'content' | 'contentType'> | null;
  /** Where the request was sent, without its query, e.g. `https://serverless.twilio.com/v1/Services`. */
  readonly url: string;
}

export interface ServerlessResponse {
  readonly status: number;
  readonly body?: object | Buffer;
}

/** One operation of the API. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Files are sent to a host of their own. */
  readonly host?: 'upload';
  readonly handle: (request: ServerlessRequest) => ServerlessResponse | Promise<ServerlessResponse>;
}

export const ok = (body: object | Buffer): ServerlessResponse => ({ status: 200, body });
export const created = (body: object): ServerlessResponse => ({ status: 201, body });
export const noContent: ServerlessResponse = { status: 204 };
