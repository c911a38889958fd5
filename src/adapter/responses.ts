/** A JSON answer; `body` must be an object, which is right in every runtime (a text would be encoded twice). */
export function jsonResponse(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): unknown {
  const response = new Twilio.Response();
  response.setStatusCode(status);
  response.setBody(body);
  response.appendHeader('Content-Type', 'application/json');
  // Answers are about this moment, and some address bars would otherwise replay them.
  response.appendHeader('Cache-Control', 'no-store');
  for (const [name, value] of Object.entries(headers)) response.appendHeader(name, value);
  return response;
}

/** The answer TaskRouter expects to an event: https://www.twilio.com/docs/taskrouter/api/event/reference */
export function noContentResponse(): unknown {
  const response = new Twilio.Response();
  response.setStatusCode(204);
  response.appendHeader('Content-Type', 'application/json');
  return response;
}
