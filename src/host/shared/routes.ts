export interface Route {
  readonly type: 'function' | 'asset';
  /** As in the URL, e.g. `/create-task`. */
  readonly path: string;
  readonly access: 'public' | 'protected' | 'private';
  /** Absolute. */
  readonly filePath: string;
  /** The name people know: the source if there is one, relative to the project. */
  readonly file: string;
  /** Why it cannot be served. */
  readonly problem?: string;
}

/** Which Function or asset answers which path. */
export class Routes {
  /** Which files want the same path, in sentences. */
  readonly conflicts: string[] = [];
  readonly #byPath = new Map<string, Route>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const other = this.#byPath.get(route.path);
      this.#byPath.set(route.path, other ? this.#conflict(other, route) : route);
    }
  }

  get all(): readonly Route[] {
    return [...this.#byPath.values()];
  }

  /** `/` is the asset `/assets/index.html`, as on the platform. */
  find(pathname: string): Route | undefined {
    return this.#byPath.get(pathname === '/' ? '/assets/index.html' : pathname);
  }

  /** The platform refuses the deployment; here that one path says why, and everything else goes on. */
  #conflict(first: Route, second: Route): Route {
    const problem = `${first.file} and ${second.file} have the same path ${first.path}`;
    this.conflicts.push(problem);
    return { ...first, access: 'public', problem };
  }
}
