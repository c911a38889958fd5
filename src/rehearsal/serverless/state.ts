import { randomInt } from 'node:crypto';
import type {
  Build,
  Deployment,
  Environment,
  File,
  FileVersion,
  RecordedRequest,
  Service,
  Variable,
} from './model';

type Made<Resource> = Omit<Resource, 'sid' | 'dateCreated' | 'dateUpdated'>;

/** The resources of the local Serverless API, in order of creation, and the requests it received. */
export class ServerlessState {
  readonly services: Service[] = [];
  readonly environments: Environment[] = [];
  readonly files: File[] = [];
  /** The uploads. */
  readonly versions: FileVersion[] = [];
  readonly builds: Build[] = [];
  readonly variables: Variable[] = [];
  readonly deployments: Deployment[] = [];
  readonly requests: RecordedRequest[] = [];
  readonly #newSid: (prefix: string) => string;
  readonly #now: () => number;
  #failNextBuild: string | null = null;

  constructor(newSid: (prefix: string) => string, now: () => number) {
    this.#newSid = newSid;
    this.#now = now;
  }

  /** Creates a Service. */
  addService(uniqueName: string, given: Partial<Made<Service>> = {}): Service {
    // Four digits keep domains apart that have one name: https://www.twilio.com/docs/serverless/api/resource/environment
    const domainBase = `${uniqueName.toLowerCase()}-${randomInt(1000, 10_000)}`;
    const service = {
      ...this.stamped('ZS'),
      uniqueName,
      friendlyName: uniqueName,
      includeCredentials: true,
      uiEditable: false,
      domainBase,
      ...given,
    };
    this.services.push(service);
    return service;
  }

  /** Makes the next build fail. */
  failNextBuild(reason = 'told to fail'): void {
    this.#failNextBuild = reason;
  }

  /** Why the build that starts now must fail; null when it need not. Applies once. */
  takeFailure(): string | null {
    const reason = this.#failNextBuild;
    this.#failNextBuild = null;
    return reason;
  }

  /** The properties of every new resource. */
  stamped(prefix: string) {
    const now = this.#now();
    return { sid: this.#newSid(prefix), dateCreated: now, dateUpdated: now };
  }

  touch(resource: { dateUpdated: number }): void {
    resource.dateUpdated = this.#now();
  }

  removeService({ sid }: Service): void {
    const inIt = this.environments.filter(({ serviceSid }) => serviceSid === sid);
    for (const environment of inIt) this.removeEnvironment(environment);
    remove(this.services, (service) => service.sid === sid);
    remove(this.files, ({ serviceSid }) => serviceSid === sid);
    remove(this.versions, ({ serviceSid }) => serviceSid === sid);
    remove(this.builds, ({ serviceSid }) => serviceSid === sid);
  }

  removeEnvironment({ sid }: Environment): void {
    remove(this.environments, (environment) => environment.sid === sid);
    remove(this.variables, ({ environmentSid }) => environmentSid === sid);
    remove(this.deployments, ({ environmentSid }) => environmentSid === sid);
  }

  variablesOf({ sid }: Environment): Variable[] {
    return this.variables.filter(({ environmentSid }) => environmentSid === sid);
  }

  /** The deployed build of an environment. */
  currentBuild({ buildSid }: Environment): Build | undefined {
    return this.builds.find(({ sid }) => sid === buildSid);
  }

  environmentAt(domainName: string): Environment | undefined {
    return this.environments.find((environment) => environment.domainName === domainName);
  }
}

function remove<Row>(rows: Row[], isGone: (row: Row) => boolean): void {
  const kept = rows.filter((row) => !isGone(row));
  rows.splice(0, rows.length, ...kept);
}
