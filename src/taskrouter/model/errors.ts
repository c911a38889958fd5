/**
 * The errors of TaskRouter, without HTTP: `http/errors.ts` gives each its status.
 * Texts marked "known" are Twilio's own; the others are our choice.
 */
export abstract class TaskRouterError extends Error {
  /** Twilio's error code: https://www.twilio.com/docs/api/errors */
  abstract readonly code: number;
  override get name(): string {
    return this.constructor.name;
  }
}

/** A parameter is missing, malformed, out of range, or impossible. */
export class InvalidParameter extends TaskRouterError {
  readonly code = 20001;

  static missing(name: string): InvalidParameter {
    return new InvalidParameter(`${name} field is required`);
  }
  static badSid(name: string, value: string): InvalidParameter {
    return new InvalidParameter(`Value '${value}' provided for ${name} has an invalid format.`);
  }
  static badJson(name: string, detail = ''): InvalidParameter {
    return new InvalidParameter(`Invalid JSON provided for ${name}${detail && `: ${detail}`}`);
  }
  static outOfRange(name: string, value: string | number, range = ''): InvalidParameter {
    return new InvalidParameter(
      `Value '${value}' provided for ${name} is out of range${range && `: ${range}`}`,
    );
  }
  static unknown(name: string, value: string): InvalidParameter {
    return new InvalidParameter(`Value '${value}' provided for ${name} does not exist in this Workspace`);
  }
}

/** Statistics go back no further than events are kept: https://www.twilio.com/docs/api/errors/14241 */
export class StatisticsTooOld extends TaskRouterError {
  readonly code = 14241;
}

/** The state machine does not allow the transition. */
export class InvalidTransition extends TaskRouterError {
  readonly code = 20001;
}

/** Accepting a reservation that another acceptance has rescinded: documented as a "410 series" response. */
export class ReservationRescinded extends TaskRouterError {
  readonly code = 20001;
}

/** An instruction cannot be carried out. */
export class InstructionRefused extends TaskRouterError {
  /**
   * @param alertCode Twilio's code in the debugger: 40100 to 40159, or 55555 if it has no code of its own
   * @param code the code over REST; our choice if no text is known: the debugger's
   */
  constructor(
    readonly alertCode: number,
    message: string,
    readonly code: number = alertCode,
  ) {
    super(message);
  }
}

/** The resource to be deleted is still in use. */
export class ResourceInUse extends TaskRouterError {
  readonly code = 20001;
}

/** `path` is the REST path without the version, as the known text has it. */
export class ResourceNotFound extends TaskRouterError {
  readonly code = 20404;
  constructor(path: string) {
    super(`The requested resource ${path} was not found`);
  }
}

/** Why a reservation was offered is kept in memory, and only for a while. Code and text are our choice. */
export class OfferNotRecorded extends TaskRouterError {
  readonly code = 20404;
  constructor(reservationSid: string) {
    super(
      `Why reservation ${reservationSid} was offered is not recorded. Only the latest offers since the service started are, in memory.`,
    );
  }
}

/** If-Match does not name the present version; nothing has changed. */
export class PreconditionFailed extends TaskRouterError {
  readonly code = 20412;
  constructor() {
    super('Precondition failed');
  }
}

/** The real service supports it; this one does not yet. */
export class NotBuilt extends TaskRouterError {
  readonly code = 20501;
  constructor(what: string) {
    super(`${what} is not built yet in this local TaskRouter`);
  }
}

/** A call cannot be placed or changed as a program wants. */
export class CallRefused extends TaskRouterError {
  /** @param code Twilio's: https://www.twilio.com/docs/api/errors */
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
