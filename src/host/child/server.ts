import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { LocalDevelopmentServer } from '@twilio/runtime-handler/dev';
import { type ChildSettings, hostHeader, type MessageFromChild } from '../shared/protocol';
import { hostFailed, notFound, sendResponse } from '../shared/responses';
import { type Route, Routes } from '../shared/routes';
import { loadGuarded } from './guarded-handler';
import { Invocation, invocations } from './invocation';

type App = (request: IncomingMessage, response: ServerResponse) => void;
type Tell = (message: MessageFromChild, written: () => void) => void;

/** The genuine development server behind a door that only the host can open. */
export function childServer(settings: ChildSettings, tell: Tell): Server {
  const app = developmentServer(settings);
  const routes = new Routes(settings.routes);
  const server = createServer(async (request, response) => {
    const flight = admit(request, settings.secret);
    if (flight === undefined) return response.writeHead(403).end();
    const route = routes.find(request.url?.split('?')[0] ?? '');
    if (route?.type !== 'function') return app(request, response);
    if (!(await takeParameters(request))) return;
    // Only once this is in the pipe does any code of the Function run.
    tell({ kind: 'started', flight }, () =>
      invoke(app, route, request, response, () => tell({ kind: 'yielded', flight }, () => {})),
    );
  });
  // The host keeps its connections; one that closes by itself would look like a crash.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  return server;
}

function developmentServer({ projectRoot, publicUrl, environment, routes }: ChildSettings): App {
  const resources = (type: Route['type']) =>
    routes
      .filter((route) => route.type === type && !route.problem)
      .map(({ path, access, filePath }) => ({ name: path, path, access, filePath, content: '' }));
  const server = new LocalDevelopmentServer(Number(new URL(publicUrl).port), {
    baseDir: projectRoot,
    port: Number(new URL(publicUrl).port),
    url: publicUrl,
    env: { ...environment },
    routes: { functions: resources('function'), assets: resources('asset') },
    appName: 'taskrouter-lifecycle',
    forkProcess: false,
    live: false,
    logs: false,
    detailedLogs: false,
    legacyMode: false,
    enableDebugLogs: false,
  });
  const app = server.getApp();
  app.disable('x-powered-by');
  // Express would answer with a page that shows the stack, e.g. for an asset that was deleted meanwhile.
  app.use(
    (
      error: { status?: number; stack?: string },
      _request: unknown,
      response: ServerResponse,
      _next: unknown,
    ) => {
      if (error.status === 404) return sendResponse(response, notFound);
      console.error(`The development server failed: ${error.stack}`);
      sendResponse(response, hostFailed);
    },
  );
  return app as unknown as App;
}

/**
 * Checks and removes what is between host and child, so that a Function sees the client's own headers.
 * @returns the number of the flight; undefined when the request is not the host's
 */
function admit(request: IncomingMessage, secret: string): number | undefined {
  const [given, flight, length] = String(request.headers[hostHeader] ?? '').split(' ');
  if (given !== secret || !flight) return undefined;
  const kept: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    const value = request.rawHeaders[index + 1] ?? '';
    if (/^content-length$/i.test(name) && length !== '-') kept.push(name, length ?? '');
    else if (!/^(host|connection|content-length|x-functions-host)$/i.test(name)) kept.push(name, value);
  }
  request.rawHeaders = kept;
  return Number(flight);
}

/**
 * The host has parsed the body already and sends the parameters; the server's own parsers then stand aside.
 * @returns false when the host has gone away meanwhile
 */
async function takeParameters(request: IncomingMessage): Promise<boolean> {
  const sent = await buffer(request).catch(() => undefined);
  if (!sent) return false;
  Object.assign(request, { body: sent.length > 0 ? JSON.parse(sent.toString()) : {}, _body: true });
  return true;
}

function invoke(
  app: App,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
  yielded: () => void,
): void {
  const invocation = new Invocation(route.file, response);
  setImmediate(() => {
    if (!invocation.settled) yielded();
  });
  invocations.run(invocation, () => {
    try {
      loadGuarded(route.filePath);
      app(request, response);
    } catch (error) {
      invocation.fail('could not be loaded', error);
    }
  });
}
