import type { FastifyRequest } from 'fastify';
import type { Slices } from '../../common/slices';
import type { View } from '../engine/state/view';
import { parseForm, queryOf } from '../http/form';
import { bodyText, readForm } from '../http/form-body';
import { requireMatch } from '../http/if-match';
import type { ApiOptions } from '../http/options';
import { Parameters, parseJson } from '../http/parameters';
import { type PathRows, type PathTable, resolvePath } from '../http/path';
import { notFound, Stopping } from '../http/request-errors';
import type { Command, ResultOf } from '../model/commands';
import type { Entity, Tables } from '../model/entities';
import type { EventHistory } from '../statistics/event-history';
import type { TaskRouter } from '../taskrouter';
import type { CallControl } from '../voice/calls/call-control';
import type { Cursors } from './cursors';
import type { FormatContext } from './formats/context';
import type { KeptTexts } from './kept-texts';
import type { RateCounter } from './rate-limits';
import { RequestContext } from './request-context';

/** What all requests share. */
export interface Service {
  readonly taskRouter: TaskRouter;
  readonly accountSid: string;
  readonly cursors: Cursors;
  /** What statistics are computed from. */
  readonly history: EventHistory;
  readonly texts: KeptTexts;
  /** Finds and formats the pages of lists. */
  readonly slices: Slices;
  /** Only if calls are simulated. */
  readonly phone?: NonNullable<ApiOptions['phone']>;
  /** Only if the documented rate limits are enforced. */
  readonly rates?: RateCounter;
}

/**
 * One request, as operations see it. Making it looks up the path; after that comes If-Match, then the parameters, which
 * are read at their first use: the order of checks that we chose, as Twilio documents none.
 */
export class ApiRequest {
  readonly context: RequestContext;
  private readonly rows: PathRows;
  private readParameters: Parameters | null = null;

  /** @throws ResourceNotFound, PreconditionFailed */
  constructor(
    private readonly service: Service,
    private readonly request: FastifyRequest,
    view: View,
    now: number,
  ) {
    this.context = new RequestContext(service.accountSid, `${request.ownOrigin}/v1`, view, now);
    this.rows = resolvePath(view, request.params as Record<string, string>, request.url);
  }

  get taskRouter(): TaskRouter {
    return this.service.taskRouter;
  }
  get cursors(): Cursors {
    return this.service.cursors;
  }
  get history(): EventHistory {
    return this.service.history;
  }
  /** The JSON of a row, for a response that only reads: what a write returns is new, and rarely read soon. */
  text<Row extends Entity>(format: (row: Row, context: FormatContext) => object, row: Row): string {
    return this.service.texts.of(format, row, this.context);
  }
  /** @throws Stopping if the service does not run */
  get control(): CallControl {
    const control = this.service.phone?.control;
    if (!control) throw new Stopping();
    return control;
  }
  /** The origin of the service as the client sees it. */
  get origin(): string {
    return this.request.ownOrigin;
  }
  get slices(): Slices {
    return this.service.slices;
  }
  /** The path of the request, without its query and a slash at its end. */
  get path(): string {
    return this.request.url.replace(/\/?(\?.*)?$/s, '');
  }

  /** The same request on the present state, after something was waited for. @throws ResourceNotFound */
  again(): ApiRequest {
    const { view, clock } = this.taskRouter;
    return new ApiRequest(this.service, this.request, view, clock.now());
  }

  /** What the rate limits leave, as headers. @throws RateLimited */
  countAgainst(operation: string): Readonly<Record<string, string>> {
    return this.service.rates?.take(operation, (name) => this.parameters.has(name)) ?? {};
  }

  /** What the path names in this table. */
  row<Name extends PathTable>(table: Name): Tables[Name] {
    const row: Tables[Name] | undefined = this.rows[table];
    if (!row) throw new Error(`${this.request.routeOptions.url} names no ${table}`);
    return row;
  }

  /** Whether the path names something in this table. */
  has(table: PathTable): boolean {
    return this.rows[table] !== undefined;
  }

  /** A part of the path that stands for nothing in a table. */
  pathText(name: string): string {
    return (this.request.params as Record<string, string>)[name] ?? '';
  }

  notFound(): Error {
    return notFound(this.request.url);
  }

  /** @throws PreconditionFailed, InvalidParameter as `requireMatch` does */
  requireMatch(row: { readonly version: number }): void {
    requireMatch(this.request.headers['if-match'], row);
  }

  /** The query of a GET, else the form. @throws InvalidParameter for a body of another kind. */
  get parameters(): Parameters {
    this.readParameters ??= this.newParameters();
    return this.readParameters;
  }

  execute<C extends Command>(command: C): Promise<ResultOf<C>> {
    return this.taskRouter.execute(command, { source: 'api', ipAddress: this.request.ip });
  }

  /** The body of a POST that is JSON. @throws InvalidParameter when it is not, or is of another kind. */
  json(): unknown {
    return parseJson('the body', bodyText(this.request, ['application/json']));
  }

  private newParameters(): Parameters {
    const { method, url, routeOptions } = this.request;
    const form = method === 'POST' ? readForm(this.request) : parseForm(queryOf(url));
    return new Parameters(form, routeOptions.config.parameters ?? []);
  }
}
