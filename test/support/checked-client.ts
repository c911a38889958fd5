import { RequestClient } from 'twilio';
import { operations } from '../../src/taskrouter/api/operations';
import { readOpenApi } from './openapi';

const patterns = operations.map(({ name, method, path }) => ({
  name,
  method,
  path: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
  parameters: path.split(':').length,
}));

/**
 * The official client's own HTTP client, observed: it records which operations succeeded, and holds
 * every such response against Twilio's OpenAPI description when there is one at hand.
 */
export class CheckedHttpClient extends RequestClient {
  readonly succeeded = new Set<string>();
  /** The operations whose responses were checked against the description. */
  readonly compared = new Set<string>();
  private readonly openApi = readOpenApi();

  override async request<Data>(options: Parameters<RequestClient['request']>[0]) {
    const response = await super.request<Data>(options as never);
    const operation = operationOf(
      String(options.method).toUpperCase(),
      new URL(String(options.uri)).pathname,
    );
    if (response.statusCode >= 400) return response;
    const headers = (response as { headers?: Record<string, unknown> }).headers ?? {};
    const problems = this.openApi?.problems(operation, response.statusCode, response.body, headers) ?? [];
    if (problems.length)
      throw new Error(`A response does not match the description:\n${problems.join('\n')}`);
    this.succeeded.add(operation);
    if (this.openApi) this.compared.add(operation);
    return response;
  }
}

/** Where a word and a sid both fit, the word means the operation. */
function operationOf(method: string, path: string): string {
  const fitting = patterns.filter((pattern) => pattern.method === method && pattern.path.test(path));
  const [best] = fitting.sort((left, right) => left.parameters - right.parameters);
  if (!best) throw new Error(`${method} ${path} is no operation`);
  return best.name;
}
