import type { Colors } from 'picocolors/types';
import type { TwilioEmulator } from '../../rehearsal/emulator';
import type { RehearsalOutcome } from './rehearsal';

interface UploadedFile {
  readonly path: string;
  readonly visibility: string;
}

/** The result of a rehearsal, as `--json` prints it. */
interface RehearsalReport extends RehearsalOutcome {
  readonly event: 'rehearsed';
  /** The number of requests to the Serverless API by method and path, without sids. */
  readonly calls: Readonly<Record<string, number>>;
  readonly functions: readonly UploadedFile[];
  readonly assets: readonly UploadedFile[];
  readonly runtime: string;
  readonly dependencies: readonly string[];
  /** Names only. */
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
    calls: countRequests(serverless.requests),
    functions: uploaded('function'),
    assets: uploaded('asset'),
    runtime: build?.runtime ?? '',
    dependencies: (build?.dependencies ?? []).map(({ name, version }) => `${name} ${version}`),
    variables: serverless.variables.map(({ key }) => key).sort(),
    refusedHosts: refused,
  };
}

function countRequests(requests: TwilioEmulator['serverless']['requests']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path } of requests) {
    const kind = `${method} ${path.replace(/\?.*/s, '').replace(/\/[A-Z]{2}[0-9a-f]{32}/g, '/{sid}')}`;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** The report as text. */
export function reportText(report: RehearsalReport, colors: Colors): string {
  const section = (title: string, lines: readonly string[]) => [
    '',
    colors.bold(title),
    ...lines.map((line) => `  ${line}`),
  ];
  const files = (list: readonly UploadedFile[]) =>
    list.map(({ path, visibility }) => `${visibility.padEnd(9)} ${path}`);
  return [
    ...section(
      'Requests to the Serverless API by both deployments',
      Object.entries(report.calls).map(([kind, count]) => `${String(count).padStart(3)} × ${kind}`),
    ),
    ...section(`Functions at https://${report.domain}`, files(report.functions)),
    ...section('Assets', files(report.assets)),
    ...section(`Dependencies on ${report.runtime}`, report.dependencies),
    ...section('Variables', report.variables),
    '',
    `${colors.green('Rehearsal passed.')} Build ${report.build}; ${report.stages.length} stages reached; ${refusedText(report)}`,
  ].join('\n');
}

function refusedText({ refusedHosts }: RehearsalReport): string {
  return refusedHosts.length === 0
    ? 'no requests to other hosts.'
    : `requests to other hosts were refused: ${[...new Set(refusedHosts)].join(', ')}.`;
}
