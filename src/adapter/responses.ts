/** A JSON response. `body` must be an object: some runtimes would encode a text twice. */
export function jsonResponse(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): unknown {
  const response = new Twilio.Response();
  response.setStatusCode(status);
  response.setBody(body);
  response.appendHeader('Content-Type', 'application/json');
  // A response describes the present, and some address bars would otherwise show an old one.
  response.appendHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) response.appendHeader(name, value);
  return response;
}

/** TwiML: https://www.twilio.com/docs/voice/twiml */
export function twimlResponse(twiml: string): unknown {
  const response = new Twilio.Response();
  response.setStatusCode(200);
  response.setBody(twiml);
  response.appendHeader('Content-Type', 'text/xml');
  return response;
}

/** The response that TaskRouter expects to an event: https://www.twilio.com/docs/taskrouter/api/event/reference */
export function noContentResponse(): unknown {
  const response = new Twilio.Response();
  response.setStatusCode(204);
  response.appendHeader('Content-Type', 'application/json');
  return response;
}
