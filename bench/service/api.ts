import { Pool } from 'undici';
import type { Service } from './service';

export interface Response {
  readonly status: number;
  readonly text: string;
}

/** Single requests to the workspace of a service. */
export class Api {
  private readonly pool: Pool;

  constructor(
    private readonly service: Service,
    connections: number,
  ) {
    this.pool = new Pool(service.origin, { connections });
  }

  /** @param below the path below the workspace, such as `/Tasks` */
  async get(below: string): Promise<Response> {
    return this.request('GET', below, null);
  }

  async post(below: string, form: Record<string, string>): Promise<Response> {
    return this.request('POST', below, new URLSearchParams(form).toString());
  }

  /** @returns the resource @throws Error unless the status is `wanted` */
  async expect<Resource = { readonly sid: string }>(
    wanted: number,
    request: Promise<Response>,
  ): Promise<Resource> {
    const { status, text } = await request;
    if (status !== wanted) throw new Error(`Expected ${wanted}, got ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as Resource;
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  private async request(method: 'GET' | 'POST', below: string, body: string | null): Promise<Response> {
    const { path, headers } = this.service;
    const response = await this.pool.request({ path: path(below), method, headers: { ...headers }, body });
    return { status: response.statusCode, text: await response.body.text() };
  }
}
