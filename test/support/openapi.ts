import { readFileSync } from 'node:fs';

/** As much of OpenAPI 3.0 as Twilio's description of TaskRouter uses for responses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly nullable?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface DescribedOperation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { content?: Record<string, { schema: Schema }>; headers?: object }>
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const methods = ['get', 'post', 'delete'] as const;

/** Twilio's OpenAPI description of TaskRouter v1: its operations, and the format of every response. */
export class OpenApi {
  readonly operations: readonly {
    name: string;
    method: string;
    path: string;
    described: DescribedOperation;
  }[];

  constructor(private readonly document: Document) {
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const described = item[method];
        return described
          ? [{ name: described.operationId, method: method.toUpperCase(), path, described }]
          : [];
      }),
    );
  }

  /** Everything that is wrong with a response of this operation; empty if nothing is. */
  problems(
    name: string,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, unknown>>,
  ): string[] {
    const described = this.operations.find((operation) => operation.name === name)?.described;
    const response = described?.responses[String(status)];
    if (!response) return [`${name}: ${status} is not among the described responses`];
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return body === '' || body === undefined ? [] : [`${name}: has a body and should have none`];
    const contentType = String(headers['content-type']);
    const problems = contentType.startsWith('application/json')
      ? []
      : [`${name}: Content-Type is ${contentType}`];
    // What it would mean on a list is unknown; our choice is to leave it out there.
    if (response.headers && 'ETag' in response.headers && !name.startsWith('List') && !headers.etag) {
      problems.push(`${name}: has no ETag`);
    }
    return [...problems, ...this.compare(schema, body, name)];
  }

  private compare(given: Schema, value: unknown, at: string): string[] {
    const schema = this.resolve(given);
    if (value === null) return schema.nullable || isAnything(schema) ? [] : [`${at}: is null`];
    if (schema.enum && !schema.enum.includes(value))
      return [`${at}: ${value} is not one of ${schema.enum.join(', ')}`];
    if (schema.type === 'array' && Array.isArray(value)) {
      return value.flatMap((item, index) => this.compare(schema.items ?? {}, item, `${at}[${index}]`));
    }
    if (!hasType(schema.type, value)) return [`${at}: ${JSON.stringify(value)} is no ${schema.type}`];
    if (typeof value === 'string') return textProblems(schema, value, at);
    return schema.properties
      ? this.compareProperties(schema.properties, value as Record<string, unknown>, at)
      : [];
  }

  /** The document calls nothing required, so every described property is, and no other may be there. */
  private compareProperties(
    properties: Readonly<Record<string, Schema>>,
    value: Record<string, unknown>,
    at: string,
  ) {
    const undeclared = Object.keys(value).filter((name) => !(name in properties));
    const problems = undeclared.map((name) => `${at}.${name}: is not described`);
    for (const [name, schema] of Object.entries(properties)) {
      if (value[name] === undefined) problems.push(`${at}.${name}: is missing`);
      else problems.push(...this.compare(schema, value[name], `${at}.${name}`));
    }
    return problems;
  }

  private resolve(schema: Schema): Schema {
    if (!schema.$ref) return schema;
    const name = schema.$ref.replace('#/components/schemas/', '');
    const resolved = this.document.components.schemas[name];
    if (!resolved) throw new Error(`The document has no ${schema.$ref}`);
    return this.resolve(resolved);
  }
}

/** The document at the path in TWILIO_OPENAPI; null when none is set. */
export function readOpenApi(): OpenApi | null {
  const path = process.env.TWILIO_OPENAPI;
  return path ? new OpenApi(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

const isAnything = (schema: Schema) => schema.type === undefined && !schema.properties && !schema.enum;

function hasType(type: Schema['type'], value: unknown): boolean {
  if (type === undefined) return true;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? typeof value === 'object' && !Array.isArray(value) : typeof value === type;
}

/** Dates without fractions, as every example has them; URLs absolute, or empty where Twilio's examples are. */
const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  uri: /^$|^https?:\/\/[^\s]+$/,
};

function textProblems(schema: Schema, value: string, at: string): string[] {
  const problems: string[] = [];
  if (schema.pattern && !new RegExp(schema.pattern).test(value))
    problems.push(`${at}: ${value} is not ${schema.pattern}`);
  if (schema.minLength !== undefined && value.length < schema.minLength)
    problems.push(`${at}: ${value} is too short`);
  if (schema.maxLength !== undefined && value.length > schema.maxLength)
    problems.push(`${at}: ${value} is too long`);
  const format = formats[schema.format ?? ''];
  if (format && !format.test(value)) problems.push(`${at}: ${value} is no ${schema.format}`);
  return problems;
}
