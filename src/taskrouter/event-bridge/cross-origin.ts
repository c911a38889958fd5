import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Any page may send requests and read their responses: the Access Token in the body is the credential, and browsers add none
 * of their own. Source: https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function allowAnyOrigin(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.header('access-control-allow-origin', '*');
  done();
}

/** How long a browser may keep the answer to a preflight, in seconds. Our choice. */
const maxAgeSeconds = 600;

/** Answers a preflight: the SDK sends headers of its own. */
export function preflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asksForPrivateNetwork = request.headers['access-control-request-private-network'] === 'true';
  return reply
    .code(204)
    .headers({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'apiVersion, clientVersion, Content-Type, If-Match',
      'access-control-max-age': String(maxAgeSeconds),
      // For a page on the internet: https://wicg.github.io/private-network-access/
      ...(asksForPrivateNetwork && { 'access-control-allow-private-network': 'true' }),
    })
    .send();
}
