import { UnmetExpectation } from '../errors';
import { stageTimeoutMs } from './stage-log';

/** The part of a response that a walk reads. */
interface FunctionResponse {
  readonly ok: boolean;
  readonly status: number;
  text(): Promise<string>;
}

/** GETs a Function's path with its query, signed in as the operator. */
export type GetFunction = (path: string, signal: AbortSignal) => Promise<FunctionResponse>;

/** What the Functions return about a task. */
export interface TaskResponse {
  readonly task_sid: string;
  readonly assignment_status: string;
  readonly reservation_sid: string | null;
  readonly reservation_status: string | null;
  readonly worker_name: string | null;
}

/** What a Function returns. @throws UnmetExpectation if it fails */
export async function requestFunction<Body>(
  get: GetFunction,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Body> {
  const query = new URLSearchParams(parameters);
  const response = await get(`${path}?${query}`, AbortSignal.timeout(stageTimeoutMs));
  const body = await response.text();
  if (!response.ok) throw new UnmetExpectation(`${path} responded with ${response.status}: ${body}`);
  return JSON.parse(body) as Body;
}
