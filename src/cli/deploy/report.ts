import type { Colors } from 'picocolors/types';
import type { Deployed } from '../../deploy/deploy';
import type { DryRun } from '../../deploy/dry-run';
import { maskPasswords } from '../../workspace/file/mask-passwords';
import { printPlan } from '../../workspace/plan/print';

/** What a person wants to open next. No address holds credentials. */
export function deployedText(
  { functionsUrl, build, proof }: Deployed,
  seconds: number,
  colours: Colors,
): string {
  const proved = proof ? ', and proved' : '';
  return [
    '',
    colours.green(
      `Deployed in ${seconds.toFixed(0)} s: build ${build} is running and the callbacks point to it${proved}.`,
    ),
    '',
    `  Lifecycle page  ${colours.cyan(`${functionsUrl}/`)}`,
    `  Create a task   ${colours.cyan(`${functionsUrl}/create-task`)}`,
    colours.dim('                  (sign in with OPERATOR_USERNAME and OPERATOR_PASSWORD of .env.deploy)'),
    '',
  ].join('\n');
}

/** Variables by name; no URL in it tells its password. */
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
    'Nothing is changed. Deploying would do this:',
    '',
    `Settings   .env.deploy is in order.`,
    `Service    ${serviceText(run)}`,
    `Domain     ${present ? `https://${present.domainName}` : `Twilio's choice, ${suffix ? `ending in -${suffix}` : 'without a suffix'}`}`,
    '',
    `Workspace${present ? ', and the callbacks in it' : '; its callbacks follow when the domain is known'}:`,
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
  if (service === null) return 'is created';
  const name = `"${service.uniqueName}" (${service.sid})`;
  return isOurs
    ? `${name} is deployed to again`
    : `${name} exists and would be taken over, which --yes confirms`;
}

const indented = (text: string) => text.replace(/^/gm, '  ');
