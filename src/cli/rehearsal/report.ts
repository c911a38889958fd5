import type { Colors } from 'picocolors/types';
import type { TwilioEmulator } from '../../rehearsal/emulator';
import type { RehearsalOutcome } from './rehearsal';

interface UploadedFile {
  readonly path: string;
  readonly visibility: string;
}

/** What was seen, fit for one line of JSON. */
export interface RehearsalReport extends RehearsalOutcome {
  readonly event: 'rehearsed';
  /** How often each kind of call was made, sids left out. */
  readonly calls: Readonly<Record<string, number>>;
  readonly functions: readonly UploadedFile[];
  readonly assets: readonly UploadedFile[];
  readonly runtime: string;
  readonly dependencies: readonly string[];
  /** Names alone. */
  readonly variables: readonly string[];
  readonly refusedHosts: readonly string[];
}

export function rehearsalReport(
  { serverless, refused }: TwilioEmulator,
  outcome: RehearsalOutcome,
): RehearsalReport {
  const build = serverless.builds.at(-1);
  const uploaded = (wanted: 'function' | 'asset') =>
    (build?.versions ?? [])
      .filter(({ kind }) => kind === wanted)
      .map(({ path, visibility }) => ({ path, visibility }))
      .sort((left, right) => (left.path < right.path ? -1 : 1));
  return {
    event: 'rehearsed',
    ...outcome,
    calls: countCalls(serverless.requests),
    functions: uploaded('function'),
    assets: uploaded('asset'),
    runtime: build?.runtime ?? '',
    dependencies: (build?.dependencies ?? []).map(({ name, version }) => `${name} ${version}`),
    variables: serverless.variables.map(({ key }) => key).sort(),
    refusedHosts: refused,
  };
}

function countCalls(calls: TwilioEmulator['serverless']['requests']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path } of calls) {
    const kind = `${method} ${path.replace(/\?.*/s, '').replace(/\/[A-Z]{2}[0-9a-f]{32}/g, '/{sid}')}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** The same for people. */
export function reportText(report: RehearsalReport, colours: Colors): string {
  const section = (title: string, lines: readonly string[]) => [
    '',
    colours.bold(title),
    ...lines.map((line) => `  ${line}`),
  ];
  const files = (list: readonly UploadedFile[]) =>
    list.map(({ path, visibility }) => `${visibility.padEnd(9)} ${path}`);
  return [
    ...section(
      'Calls to the Serverless API, both deployments together',
      Object.entries(report.calls).map(([kind, count]) => `${String(count).padStart(3)} × ${kind}`),
    ),
    ...section(`Functions, at https://${report.domain}`, files(report.functions)),
    ...section('Assets', files(report.assets)),
    ...section(`Dependencies, on ${report.runtime}`, report.dependencies),
    ...section('Variables, by name', report.variables),
    '',
    `${colours.green('The deployment is rehearsed.')} Build ${report.build}; ${report.stages.length} stages reached; ${refusedText(report)}`,
  ].join('\n');
}

function refusedText({ refusedHosts }: RehearsalReport): string {
  return refusedHosts.length === 0
    ? 'nobody asked for another host.'
    : `refused hosts: ${[...new Set(refusedHosts)].join(', ')}.`;
}
