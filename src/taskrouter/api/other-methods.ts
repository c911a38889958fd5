import type { FastifyInstance, FastifyRequest } from 'fastify';
import { resolvePath } from '../http/path';
import { MethodNotAllowed } from '../http/request-errors';
import type { Service } from './api-request';
import { operations } from './operations';

/** A path of operations, and the methods that it has. */
interface OperationPath {
  readonly path: string;
  /** Its groups are the path parameters. */
  readonly pattern: RegExp;
  readonly allowed: readonly string[];
}

/** Those with fewer parameters first: `TaskQueues/Statistics` is not a task queue. */
const operationPaths: readonly OperationPath[] = [...new Set(operations.map(({ path }) => path))]
  .map((path) => ({ path, pattern: patternOf(path), allowed: allowedOn(path) }))
  .sort((left, right) => left.path.split(':').length - right.path.split(':').length);

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`);
}

function allowedOn(path: string): string[] {
  const methods: string[] = operations.flatMap((each) => (each.path === path ? [each.method] : []));
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}

/**
 * Rejects a request that no route takes, if its path is one of an operation. With a route for every other method, an
 * instance would have three times as many routes, and take a fifth longer to start.
 * @throws MethodNotAllowed, or ResourceNotFound if the path names something that does not exist
 */
export async function rejectOtherMethod(
  app: FastifyInstance,
  { taskRouter }: Service,
  request: FastifyRequest,
): Promise<void> {
  const [path = ''] = request.url.split('?');
  const found = operationPaths.find(({ pattern }) => pattern.test(path));
  if (!found || !app.supportedMethods.includes(request.method)) return;
  await taskRouter.read((view) => {
    request.params = { ...found.pattern.exec(path)?.groups };
    resolvePath(view, request.params as Record<string, string>, request.url);
    throw new MethodNotAllowed(found.allowed);
  });
}

/** Adds routes for the methods that the route of another path would take: `DELETE TaskQueues/Statistics`. */
export function rejectShadowedMethods(app: FastifyInstance, service: Service): void {
  for (const { path, allowed } of operationPaths) {
    const others = operationPaths.filter((other) => other.path !== path && other.pattern.test(path));
    const method = others.flatMap((other) => other.allowed).filter((each) => !allowed.includes(each));
    if (method.length === 0) continue;
    app.route({ method, url: path, handler: (request) => rejectOtherMethod(app, service, request) });
  }
}
