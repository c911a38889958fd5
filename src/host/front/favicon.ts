import type { ServerResponse } from 'node:http';

/** A worker's dot on the way through its stages. The development server would send browsers to twilio.com instead. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f3a5f"/><path d="M7 16h18" stroke="#8fb3dc" stroke-width="3"/><circle cx="8" cy="16" r="4" fill="#8fb3dc"/><circle cx="24" cy="16" r="5" fill="#ffd166"/></svg>`;

export function giveFavicon(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'image/svg+xml',
    'Content-Length': Buffer.byteLength(icon),
    'Cache-Control': 'max-age=86400',
  });
  response.end(icon);
}
