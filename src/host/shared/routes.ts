export interface Route {
  readonly type: 'function' | 'asset';
  /** As in the URL, such as `/create-task`. */
  readonly path: string;
  readonly access: 'public' | 'protected' | 'private';
  /** Absolute. */
  readonly filePath: string;
  /** For messages: the source file if there is one, else the built file, relative to the project. */
  readonly file: string;
  /** Whether this computer's user is signed in to it as its operator. */
  readonly signsIn?: boolean;
  /** Why it cannot be served. */
  readonly problem?: string;
}

/** Which Function or asset serves which path. */
export class Routes {
  /** One sentence for each path that two files claim. */
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

  /** The platform rejects the whole deployment. Here only this path fails, with the reason. */
  #conflict(first: Route, second: Route): Route {
    const problem = `${first.file} and ${second.file} have the same path ${first.path}`;
    this.conflicts.push(problem);
    return { ...first, access: 'public', problem };
  }
}
