import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { LocalDevelopmentServer } from '@twilio/runtime-handler/dev';
import { type ChildSettings, hostHeader, type MessageFromChild } from '../shared/protocol';
import { assetRefused, hostFailed, notFound, sendResponse } from '../shared/responses';
import { type Route, Routes } from '../shared/routes';
import { loadGuarded } from './guarded-handler';
import { Invocation, invocations } from './invocation';

type App = (request: IncomingMessage, response: ServerResponse) => void;
type SendToHost = (message: MessageFromChild, onWritten: () => void) => void;

/** Twilio's own development server, behind a check that only the host passes. */
export function childServer(settings: ChildSettings, sendToHost: SendToHost): Server {
  const app = developmentServer(settings);
  const routes = new Routes(settings.routes);
  const server = createServer(async (request, response) => {
    const number = admit(request, settings.secret);
    if (number === undefined) return response.writeHead(403).end();
    const route = routes.find(request.url?.split('?')[0] ?? '');
    if (route?.type !== 'function') return app(request, response);
    if (!(await setParameters(request))) return;
    // No code of the Function runs before this message is in the pipe.
    sendToHost({ kind: 'started', request: number }, () =>
      invoke(app, route, request, response, () => sendToHost({ kind: 'yielded', request: number }, () => {})),
    );
  });
  // The host keeps its connections open; one that times out would look like a crash.
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
  // Express would send a page with the stack, for example when an asset has been deleted.
  app.use(
    (
      error: { status?: number; stack?: string; headers?: Record<string, string> },
      _request: unknown,
      response: ServerResponse,
      _next: unknown,
    ) => {
      const refusal = refusalOf(error);
      if (refusal) return sendResponse(response, refusal);
      console.error(`The development server failed: ${error.stack}`);
      sendResponse(response, hostFailed);
    },
  );
  return app as unknown as App;
}

/** The response if it is the request that is wrong: a condition that is not met, or a range outside of the file. */
function refusalOf({ status = 500, headers }: { status?: number; headers?: Record<string, string> }) {
  if (status === 404) return notFound;
  if (status < 400 || status > 499) return undefined;
  return assetRefused(status, headers);
}

/**
 * Checks and removes the headers between host and child, so that a Function sees the client's own.
 * @returns the number of the request; undefined when it is not from the host
 */
function admit(request: IncomingMessage, secret: string): number | undefined {
  const [given, number, length] = String(request.headers[hostHeader] ?? '').split(' ');
  if (given !== secret || !number) return undefined;
  const kept: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    const value = request.rawHeaders[index + 1] ?? '';
    if (/^content-length$/i.test(name) && length !== '-') kept.push(name, length ?? '');
    else if (!/^(host|connection|content-length|x-functions-host)$/i.test(name)) kept.push(name, value);
  }
  request.rawHeaders = kept;
  return Number(number);
}

/**
 * The host sends the parameters it has parsed; `_body` makes the server's own parsers skip the body.
 * @returns false when the host has disconnected
 */
async function setParameters(request: IncomingMessage): Promise<boolean> {
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
  onYield: () => void,
): void {
  const invocation = new Invocation(route.file, response);
  setImmediate(() => {
    if (!invocation.settled) onYield();
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
