import type { Dispatcher } from 'undici';
import type { Finding } from '../../doctor/finding';
import type { ChoiceFlags, DomainFlags, OpeningFlags } from '../flags';
import type { Terminal } from '../terminal';
import type { Connect } from '../workspace/target';

export interface DoctorFlags extends OpeningFlags, DomainFlags, ChoiceFlags {
  readonly json: boolean;
}

/** What the command uses besides its flags. Tests replace the parts that reach Twilio. */
export interface DoctorContext {
  readonly projectRoot: string;
  readonly terminal: Terminal;
  readonly connect?: Connect | undefined;
  /** Creates the dispatcher for requests to the Functions and the callback URLs. */
  readonly newDispatcher: () => Dispatcher;
}

export interface Diagnosis {
  /** What was examined. */
  readonly subject: string;
  readonly findings: readonly Finding[];
}
