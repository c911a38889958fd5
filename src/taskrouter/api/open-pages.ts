import type { FastifyInstance } from 'fastify';
import type { ApiOptions } from './options';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** What is answered without credentials: health checks, and a page that holds nothing but directions. */
export function addOpenPages(app: FastifyInstance, { ready, instance }: ApiOptions): void {
  const config = { open: true };
  app.get('/healthz', { config }, () => ({ status: 'ok', ...(instance && { instance }) }));
  app.get('/readyz', { config }, (_request, reply) => {
    const isReady = ready?.() ?? true;
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'starting' });
  });
  app.get('/', { config }, (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('x-content-type-options', 'nosniff')
      .send(page(request.ownOrigin)),
  );
}

/** Until the inspector is built, where to look instead. */
function page(origin: string): string {
  const url = escapeHtml(origin);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Local TaskRouter</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}</style>
<h1>Local TaskRouter</h1>
<p>The REST API is under <code>${url}/v1/Workspaces</code>. There is no inspector page yet. What it will show can be
read as JSON, with the account sid as user name and the auth token as password:</p>
<ul>
<li><a href="/_taskrouter/callbacks">/_taskrouter/callbacks</a>: every assignment and event callback with its answer</li>
<li><a href="/_taskrouter/alerts">/_taskrouter/alerts</a>: what Twilio's debugger would show, each with a remedy</li>
<li><a href="/_taskrouter/state">/_taskrouter/state</a>: the clock and what there is of everything</li>
</ul>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
