import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ApiOptions, PageFiles } from '../http/options';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A static file of the inspector page. It contains no data. */
    page?: boolean;
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Reads the built page; undefined if it was not built. `index.html` is served at `/`. Not @fastify/static: it would replace
 * only this function and the loop below, and the files must be in memory anyway, so that a running page survives a new
 * build.
 */
export function readPage(folder: string): PageFiles | undefined {
  if (!existsSync(path.join(folder, 'index.html'))) return undefined;
  const known = readdirSync(folder).filter((name) => path.extname(name) in types);
  return new Map(
    known.map((name) => [
      name === 'index.html' ? '/' : `/${name}`,
      { type: types[path.extname(name)] ?? '', body: readFileSync(path.join(folder, name)) },
    ]),
  );
}

const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** The inspector at `/`. */
export function addInspectorPage(app: FastifyInstance, options: ApiOptions): void {
  const files = options.page ?? withoutPage;
  const config = options.page ? { page: true } : { open: true };
  for (const [url, { type, body }] of files)
    app.get(url, { config }, (_request, reply) => reply.headers(headers).type(type).send(body));
}

/** The response at `/` in packages without the page, such as the test kit. */
const withoutPage: PageFiles = new Map([
  [
    '/',
    {
      type: 'text/plain; charset=utf-8',
      body: Buffer.from(`This is a local TaskRouter without its inspector page. Sign in with the account SID as the username and the auth
token as the password. It serves:

/v1/Workspaces             the REST API
/_taskrouter/requests      requests to the REST API
/_taskrouter/callbacks     assignment and event callbacks with their responses
/_taskrouter/alerts        the alerts of Twilio's debugger, each with a remedy
/_taskrouter/stream        all of these as they happen (Server-Sent Events)
/_taskrouter/state         the clock and the number of entities
`),
    },
  ],
]);
