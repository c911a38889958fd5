import { bytesOfVariables, maxValueBytes, maxVariablesBytes } from '../../common/variable-limits';
import { invalid } from './errors';
import type { Dependency, FileVersion, Variable, Visibility } from './model';

// What the platform rejects, each rule once. Where no page is named the source is Twilio's OpenAPI description of the
// API, twilio_serverless_v1; wordings are our choice.

const uniqueNamePattern = /^[A-Za-z0-9-]+$/;

/** @throws ServerlessError */
export function requireUniqueName(name: string | undefined, max: number): string {
  if (name !== undefined && name.length <= max && uniqueNamePattern.test(name)) return name;
  throw invalid(`UniqueName '${name ?? ''}' must be 1 to ${max} letters, digits and dashes`);
}

/** @throws ServerlessError */
export function requireText(field: string, value: string | undefined, max: number): string {
  if (value !== undefined && value !== '' && value.length <= max) return value;
  throw invalid(`${field} must have 1 to ${max} characters`);
}

/** @throws ServerlessError */
export function requireDomainSuffix(suffix: string | undefined): string | null {
  if (suffix === undefined || suffix === '') return null;
  if (suffix.length <= 16 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(suffix)) return suffix;
  throw invalid(`DomainSuffix '${suffix}' must be at most 16 letters, digits and dashes`);
}

/** https://www.twilio.com/docs/serverless/api/resource/function-version @throws ServerlessError */
export function requirePath(path: string | undefined): string {
  const given = path ?? '';
  if (!given.startsWith('/')) throw invalid(`Path '${given}' must begin with /`);
  if (given.length > 255) throw invalid(`Path '${given}' must have at most 255 characters`);
  const refused = /[;,?:@+&$()'"#\s]/.exec(given)?.[0];
  if (refused !== undefined) throw invalid(`Path '${given}' must not contain '${refused}'`);
  return given;
}

const visibilities: readonly Visibility[] = ['public', 'protected', 'private'];

/** @throws ServerlessError */
export function requireVisibility(visibility: string | undefined): Visibility {
  const known = visibilities.find((each) => each === visibility);
  if (known) return known;
  throw invalid(`Visibility '${visibility ?? ''}' must be one of ${visibilities.join(', ')}`);
}

/** https://www.twilio.com/docs/serverless/functions-assets/functions/variables @throws ServerlessError */
export function requireVariableKey(key: string | undefined): string {
  if (key !== undefined && /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(key)) return key;
  throw invalid(`Key '${key ?? ''}' must be at most 128 letters, digits and underscores, no digit first`);
}

/** Same page. @throws ServerlessError, without the value, which may be a secret */
export function requireVariableValue(key: string, value: string | undefined): string {
  const bytes = Buffer.byteLength(value ?? '');
  if (value !== undefined && bytes <= maxValueBytes) return value;
  throw invalid(`Value of '${key}' must be given and have at most ${maxValueBytes} bytes, and has ${bytes}`);
}

/** https://www.twilio.com/docs/api/errors/82006 @throws ServerlessError */
export function requireContextFits(variables: readonly Variable[]): void {
  const bytes = bytesOfVariables(Object.fromEntries(variables.map(({ key, value }) => [key, value])));
  if (bytes <= maxVariablesBytes) return;
  throw invalid(
    `Error 82006: the environment's variables take ${bytes} bytes, and may take ${maxVariablesBytes}`,
  );
}

/** node20 was accepted in 2025: https://www.twilio.com/docs/serverless/functions-assets/node-upgrade */
const runtimes = ['node20', 'node22', 'node24'];
export const defaultRuntime = 'node22';

/** https://www.twilio.com/docs/errors/82007 @throws ServerlessError */
export function requireRuntime(runtime: string): string {
  if (runtimes.includes(runtime)) return runtime;
  throw invalid(`Runtime '${runtime}' is not supported (82007): use one of ${runtimes.join(', ')}`);
}

const handler = '@twilio/runtime-handler';
const exactVersion = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
const maxDependencies = 100;

/**
 * A list of names with versions or ranges, from the public registry alone; the handler's version is exact.
 * https://www.twilio.com/docs/serverless/functions-assets/functions/dependencies @throws ServerlessError
 */
export function requireDependencies(text: string | undefined): Dependency[] {
  const list = parseDependencies(text ?? '');
  if (list.length > maxDependencies) throw invalid(`Dependencies may be at most ${maxDependencies}`);
  for (const { name, version } of list) {
    if (/[:/]/.test(version)) throw invalid(`Dependency ${name}@${version} is not from the public registry`);
    if (name === handler && !exactVersion.test(version))
      throw invalid(`Dependency ${name}@${version} must be an exact version`);
  }
  return list;
}

/** The deploy tool puts the list into one more pair of quotation marks. */
function parseDependencies(text: string): Dependency[] {
  if (text === '') return [];
  try {
    const list: unknown = JSON.parse(text.replace(/^"(.*)"$/s, '$1'));
    if (Array.isArray(list) && list.every(isDependency)) {
      return list.map(({ name, version }) => ({ name, version }));
    }
  } catch {}
  throw invalid('Dependencies must be a JSON list of objects with name and version');
}

function isDependency(value: Partial<Dependency> | null): value is Dependency {
  return typeof value?.name === 'string' && typeof value.version === 'string';
}

/** @throws ServerlessError when there is nothing to build, or two files have one path */
export function requireVersions(versions: readonly FileVersion[]): readonly FileVersion[] {
  if (versions.length === 0) throw invalid('At least one Function Version or Asset Version is required');
  const paths = new Set<string>();
  for (const { path } of versions) {
    if (paths.has(path)) throw invalid(`Two files have the same path ${path}`);
    paths.add(path);
  }
  return versions;
}
