/** What the receivers of the callbacks respond when they are asked. */
export interface Receivers {
  readonly target: 'local' | 'twilio';
  /** Null if it is not known where Functions run. */
  readonly functions: AskedFunctions | null;
  readonly urls: readonly AskedUrl[];
}

/** The Functions of the project, asked as the operator. */
export interface AskedFunctions {
  /** Their address, without a trailing slash. */
  readonly url: string;
  readonly failure: {
    readonly reason: 'unreachable' | 'operator_rejected' | 'failed';
    /** One sentence without its period. */
    readonly message: string;
  } | null;
  /** The hash of the sources that they were built from; null if unknown. */
  readonly build: string | null;
  /** The hash of the sources in this folder; null if there are none. */
  readonly sourceBuild: string | null;
  /** What they say about their variables, in sentences. */
  readonly configurationErrors: readonly string[];
}

/** A callback URL, asked without the effect of a callback. */
export interface AskedUrl {
  /** As `shownUrl` shows it. */
  readonly url: string;
  readonly durationMs: number;
  /** Null if there was a response. One sentence without its period. */
  readonly unreachable: string | null;
  /** Whether it accepted a signature; null if it was not asked. */
  readonly acceptsSignature: boolean | null;
}
