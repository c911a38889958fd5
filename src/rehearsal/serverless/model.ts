/** The resources of the Serverless API: https://www.twilio.com/docs/serverless/api */

interface Resource {
  readonly sid: string;
  /** Unix milliseconds, both. */
  readonly dateCreated: number;
  dateUpdated: number;
}

export interface Service extends Resource {
  readonly uniqueName: string;
  friendlyName: string;
  includeCredentials: boolean;
  uiEditable: boolean;
  /** The beginning of its environments' domains. */
  readonly domainBase: string;
}

export interface Environment extends Resource {
  readonly serviceSid: string;
  readonly uniqueName: string;
  readonly domainSuffix: string | null;
  /** E.g. `taskrouter-lifecycle-1234-dev.twil.io`. */
  readonly domainName: string;
  /** The deployed build; null before the first deployment. */
  buildSid: string | null;
}

export type FileKind = 'function' | 'asset';
export type Visibility = 'public' | 'protected' | 'private';

/** A Function or an Asset: a name for its versions. */
export interface File extends Resource {
  readonly serviceSid: string;
  readonly kind: FileKind;
  friendlyName: string;
}

/** One upload. It never changes. */
export interface FileVersion extends Resource {
  readonly serviceSid: string;
  readonly fileSid: string;
  readonly kind: FileKind;
  readonly path: string;
  readonly visibility: Visibility;
  readonly content: Buffer;
  readonly contentType: string;
}

export interface Dependency {
  readonly name: string;
  readonly version: string;
}

export interface Build extends Resource {
  readonly serviceSid: string;
  status: 'building' | 'completed' | 'failed';
  /** Why it failed; the API itself does not tell. */
  failure: string | null;
  readonly runtime: string;
  readonly dependencies: readonly Dependency[];
  readonly versions: readonly FileVersion[];
}

export interface Variable extends Resource {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly key: string;
  value: string;
}

export interface Deployment extends Resource {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly buildSid: string;
}

/** One request to the API. */
export interface RecordedRequest {
  readonly host: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
}
