import type { Colors } from 'picocolors/types';
import type { Deployed } from '../../deploy/deploy';
import type { DryRun } from '../../deploy/dry-run';
import { maskPasswords } from '../../workspace/file/mask-passwords';
import { printPlan } from '../../workspace/plan/print';

/** The result for people, with the addresses to open next. They contain no credentials. */
export function deployedText(
  { functionsUrl, build, proof }: Deployed,
  seconds: number,
  colors: Colors,
): string {
  const proved = proof ? ', and proved' : '';
  return [
    '',
    colors.green(
      `Deployed in ${seconds.toFixed(0)} s: build ${build} is running and the callbacks point to it${proved}.`,
    ),
    '',
    `  Lifecycle page  ${colors.cyan(`${functionsUrl}/`)}`,
    `  Create a task   ${colors.cyan(`${functionsUrl}/create-task`)}`,
    colors.dim('                  (sign in with OPERATOR_USERNAME and OPERATOR_PASSWORD of .env.deploy)'),
    '',
  ].join('\n');
}

/** The dry run as `--json` prints it. Variables appear by name, and passwords in URLs are masked. */
export function dryRunReport({ target, present, artifact, variables, removedVariables, plan }: DryRun) {
  return {
    event: 'dry-run',
    service: target.service && { ...target.service, isOurs: target.isOurs },
    functionsUrl: present && `https://${present.domainName}`,
    ...artifact,
    variables,
    removedVariables,
    changes: JSON.parse(maskPasswords(JSON.stringify(plan.changes))),
    notes: plan.notes,
  };
}

export function dryRunText(run: DryRun, suffix: string): string {
  const { present, artifact, variables, removedVariables, plan } = run;
  return [
    'Nothing was changed. A deployment would do this:',
    '',
    'Settings   .env.deploy is valid',
    `Service    ${serviceText(run)}`,
    `Domain     ${present ? `https://${present.domainName}` : `chosen by Twilio, ${suffix ? `ending in -${suffix}` : 'without a suffix'}`}`,
    '',
    `Workspace${present ? ' and callbacks' : '; its callbacks are set once the domain is known'}:`,
    indented(printPlan(plan)),
    '',
    `Upload of build ${artifact.build}:`,
    ...[...artifact.functions, ...artifact.assets].map(
      ({ path, visibility }) => `  ${visibility.padEnd(10)} ${path}`,
    ),
    `  variables  ${variables.join(', ')}`,
    ...(removedVariables.length > 0 ? [`  removed    ${removedVariables.join(', ')}`] : []),
  ].join('\n');
}

function serviceText({ target: { service, isOurs } }: DryRun): string {
  if (service === null) return 'will be created';
  const name = `"${service.uniqueName}" (${service.sid})`;
  return isOurs
    ? `${name} will be updated`
    : `${name} was not deployed from this folder; --yes replaces its Functions and assets`;
}

const indented = (text: string) => text.replace(/^/gm, '  ');
