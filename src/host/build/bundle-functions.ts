import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { BuildFailure, Message, Metafile } from 'esbuild';
import { declaredDependencies, filesBelow, sourceHash } from '../../system/project-sources';
import { restartingEsbuild } from './restarting-esbuild';

/** The folders of the sources and of the bundles, relative to the project. */
interface BundleOptions {
  readonly projectRoot: string;
  readonly sourceFolder: string;
  readonly outputFolder: string;
  /** Bundles Functions that require packages which deployments lack, with a warning; by default, these fail. */
  readonly allowUndeclared?: boolean;
}

/** One Function's source and bundle, as paths relative to the project, with `/` between folders. */
interface BundledFunction {
  readonly source: string;
  readonly output: string;
}

export interface FailedFunction extends BundledFunction {
  /** `functions/x.ts:3:14: what is wrong`, one line per error. */
  readonly message: string;
}

export interface BundleReport {
  /** The hash of all deployed sources, the page included. The Functions see it as `__BUILD__`. */
  readonly build: string;
  readonly bundled: readonly BundledFunction[];
  readonly failures: readonly FailedFunction[];
  /** One sentence for each Function that would fail where it is deployed. */
  readonly warnings: readonly string[];
  /** All sources that the bundles contain: paths relative to the project. */
  readonly inputs: readonly string[];
}

/** What became of one Function. */
interface BundleResult {
  readonly failure?: FailedFunction;
  readonly warning?: string;
  readonly inputs: readonly string[];
}

/**
 * Bundles each Function into one file of its own, because only that file is uploaded. A Function that does not compile
 * gets no bundle; all others do. Bundles without a source are removed, since each one is a live URL.
 */
export async function bundleFunctions(options: BundleOptions): Promise<BundleReport> {
  const hash = await sourceHash(options.projectRoot, options.sourceFolder);
  const functions = findFunctions(options);
  const results = await Promise.all(functions.map((each) => bundleFunction(each, options, hash)));
  const failures = results.flatMap(({ failure }) => failure ?? []);
  const failed = new Set(failures.map(({ output }) => output));
  const bundled = functions.filter(({ output }) => !failed.has(output));
  await removeStale(options, new Set(bundled.map(({ output }) => output)));
  const warnings = results.flatMap(({ warning }) => warning ?? []);
  const inputs = [...new Set(results.flatMap((result) => result.inputs))];
  return { build: hash, bundled, failures, warnings, inputs };
}

/** A `.js` file beside a `.ts` file of the same name was compiled from it. */
function findFunctions({ projectRoot, sourceFolder, outputFolder }: BundleOptions): BundledFunction[] {
  const files = filesBelow(projectRoot, sourceFolder);
  const sources = new Set(files.filter(isFunctionSource));
  return [...sources]
    .filter((source) => source.endsWith('.ts') || !sources.has(source.replace(/\.js$/, '.ts')))
    .map((source) => ({
      source,
      output: path.posix.join(
        outputFolder,
        path.posix.relative(sourceFolder, source).replace(/\.ts$/, '.js'),
      ),
    }));
}

const isFunctionSource = (file: string) => /\.[jt]s$/.test(file) && !/\.(d|test|spec)\.[jt]s$/.test(file);

async function bundleFunction(
  { source, output }: BundledFunction,
  { projectRoot, outputFolder, allowUndeclared }: BundleOptions,
  hash: string,
): Promise<BundleResult> {
  try {
    const { outputFiles, metafile } = await restartingEsbuild(({ build }) =>
      build({
        absWorkingDir: projectRoot,
        entryPoints: [source],
        outfile: output,
        bundle: true,
        // The platform installs packages. A bundled SDK would also break TwiML, which the runtime recognizes by the
        // classes of its own copy.
        packages: 'external',
        platform: 'node',
        target: 'node20',
        format: 'cjs',
        define: { __BUILD__: JSON.stringify(hash) },
        sourcemap: 'linked',
        sourcesContent: false,
        logLevel: 'silent',
        write: false,
        metafile: true,
      }),
    );
    const temporaryFolder = path.join(projectRoot, path.dirname(outputFolder));
    const undeclared = undeclaredPackages(projectRoot, metafile);
    const inputs = Object.keys(metafile.inputs);
    const warning = undeclared.length > 0 ? missingDependencies(source, undeclared) : undefined;
    if (warning && !allowUndeclared) return { failure: { source, output, message: warning }, inputs };
    await Promise.all(outputFiles.map((file) => writeWhole(file.path, file.contents, temporaryFolder)));
    return { inputs, ...(warning && { warning }) };
  } catch (error) {
    return { failure: { source, output, message: explain(source, error) }, inputs: [] };
  }
}

/**
 * Packages that a bundle requires and that the project's `dependencies` lack. Only `dependencies` are installed where
 * it is deployed; here, all packages resolve.
 */
function undeclaredPackages(projectRoot: string, { outputs }: Metafile): string[] {
  const declared = Object.keys(declaredDependencies(projectRoot));
  const required = Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path: name }) => external && !isBuiltin(name))
    .map(({ path: name }) => packageOf(name));
  return [...new Set(required)].filter((name) => !declared.includes(name)).sort();
}

/** `@scope/name/file` belongs to `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function missingDependencies(source: string, names: readonly string[]): string {
  const packages = names.map((name) => `"${name}"`).join(', ');
  return `${source}: requires ${packages}, which deployments lack. Add it to "dependencies" in package.json with an exact version.`;
}

/**
 * Writes through a rename: a host that loads the file meanwhile sees the old bundle or the new one, never half of it. The
 * temporary file is outside the output folder, whose files another host may be listing or removing as stale.
 * Not write-file-atomic: bundles can be rebuilt, so they need no fsync.
 */
async function writeWhole(file: string, contents: Uint8Array, temporaryFolder: string): Promise<void> {
  const temporary = path.join(temporaryFolder, `.${path.basename(file)}.${randomUUID()}.tmp`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(temporary, contents);
  await rename(temporary, file);
}

function explain(source: string, error: unknown): string {
  const messages = (error as Partial<BuildFailure>).errors;
  if (!messages) return `${source}: ${error instanceof Error ? error.message : String(error)}`;
  return messages.map((message) => place(source, message)).join('\n');
}

function place(source: string, { location, text }: Message): string {
  return location
    ? `${location.file}:${location.line}:${location.column + 1}: ${text}`
    : `${source}: ${text}`;
}

async function removeStale({ projectRoot, outputFolder }: BundleOptions, kept: Set<string>): Promise<void> {
  const stale = filesBelow(projectRoot, outputFolder).filter(
    (file) => /\.js(\.map)?$/.test(file) && !kept.has(file.replace(/\.map$/, '')),
  );
  await Promise.all(stale.map((file) => rm(path.join(projectRoot, file), { force: true })));
}
