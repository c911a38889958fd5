import path from 'node:path';
import type { Dispatcher } from 'undici';
import { dispatcherFor, FunctionsClient } from '../../deploy/functions/functions-client';
import { environmentFile } from '../../deploy/settings/tool-settings';
import { describeWiring, type WiredFunctions, wireFunctions } from '../../deploy/wiring/wiring';
import { readWorkspaceFile } from '../../workspace/file/desired';
import type { DomainFlags, TargetFlags } from '../flags';
import type { Terminal } from '../terminal';
import { planPaints, writeJson, writeLines } from '../workspace/output';
import { requestTarget } from '../workspace/request-target';
import { type Connect, openTarget } from '../workspace/target';
import { findFunctions, findOperator, sourceBuild } from './functions-of-target';

export interface WireFlags extends TargetFlags, DomainFlags {
  readonly fallbackUrl?: string | undefined;
}

/** What the command uses besides its flags. Tests replace the parts that reach Twilio. */
interface WireContext {
  readonly projectRoot: string;
  readonly terminal: Terminal;
  readonly connect?: Connect;
  /** Creates the dispatcher for requests to the Functions. */
  readonly newDispatcher: () => Dispatcher;
}

/** @throws ConfigurationError, WorkspaceFileError, DeploymentFailed or UpstreamFailed */
export function runWire(flags: WireFlags, terminal: Terminal): Promise<void> {
  const newDispatcher = () => dispatcherFor(terminal.environment);
  return wireInContext(flags, { projectRoot: process.cwd(), terminal, newDispatcher });
}

/** @throws as `runWire` */
export async function wireInContext(flags: WireFlags, context: WireContext): Promise<void> {
  const { projectRoot, terminal, connect, newDispatcher } = context;
  const desired = readWorkspaceFile(path.resolve(projectRoot, flags.workspace));
  const target = await openTarget(terminal, flags, connect);
  const { client } = target;
  const url = await requestTarget(terminal, target, () => findFunctions(flags, context, target));
  const operator = findOperator(flags, context);
  const functions = new FunctionsClient(url.replace(/\/+$/, ''), operator, newDispatcher());
  try {
    const wired = await requestTarget(terminal, target, () =>
      wireFunctions({
        client,
        desired,
        functions,
        fallbackUrl: flags.fallbackUrl,
        knowsOperator: operator !== null,
      }),
    );
    // The local host rebuilds its sources itself.
    report(
      flags,
      terminal,
      functions.url,
      wired,
      flags.target === 'local' ? null : await sourceBuild(projectRoot),
    );
  } finally {
    await functions.close();
  }
}

function report(
  flags: WireFlags,
  terminal: Terminal,
  functionsUrl: string,
  { changes, build }: WiredFunctions,
  source: string | null,
): void {
  const warning = warningOf(build, source);
  if (flags.json) {
    writeJson(terminal, {
      functionsUrl,
      build,
      sourceBuild: source,
      changes,
      notes: warning ? [warning] : [],
    });
    return;
  }
  const paints = planPaints(terminal);
  writeLines(terminal, ...changes.map(describeWiring));
  writeLines(
    terminal,
    `Callbacks ${changes.length > 0 ? 'point' : 'already point'} to ${functionsUrl}${build ? ` (build ${build})` : ''}.`,
  );
  if (warning) writeLines(terminal, paints.note(`! ${warning}`));
}

function warningOf(build: string | null, source: string | null): string | null {
  if (build === null) {
    return `The deployed build is unknown: ${environmentFile} has no operator to read it with.`;
  }
  if (source === null || source === build) return null;
  return `The deployed build ${build} is not this source's ${source}: run "npm run deploy".`;
}
