import { similarName } from '../common/similar-name';
import { expressionFindings } from './expression-findings';
import { type Finding, finding, findingsAt, pointerTo } from './finding';
import { type Json, listOf, objectOf, partOf } from './json';

/** The documented fields of each part of a configuration. */
const fields = {
  target: [
    'queue',
    'expression',
    'priority',
    'timeout',
    'order_by',
    'skip_if',
    'known_worker_sid',
    'known_worker_friendly_name',
  ],
  filter: ['filter_friendly_name', 'friendly_name', 'expression', 'targets'],
} as const;

/**
 * What TaskRouter accepts in the configuration of a workflow and ignores, or reads otherwise than its author may mean.
 * @param configuration the JSON document; parts of another shape than documented are passed over
 */
export function workflowFindings(configuration: unknown): Finding[] {
  const routing = partOf(configuration, 'task_routing');
  const filters = listOf(routing.filters).flatMap((filter, index) =>
    findingsAt(`/task_routing/filters${pointerTo(index)}`, filterFindings(filter)),
  );
  const defaultFilter = routing.default_filter
    ? findingsAt('/task_routing/default_filter', targetFindings(objectOf(routing.default_filter)))
    : [];
  return [...filters, ...defaultFilter];
}

function filterFindings(filter: Json): Finding[] {
  return [
    ...unknownFields(filter, 'filter'),
    ...expressionAt(filter, 'expression', 'filter'),
    ...listOf(filter.targets).flatMap((target, index) =>
      findingsAt(`/targets${pointerTo(index)}`, targetFindings(target)),
    ),
  ];
}

function targetFindings(target: Json): Finding[] {
  return [
    ...unknownFields(target, 'target'),
    ...expressionAt(target, 'expression', 'target'),
    ...expressionAt(target, 'skip_if', 'target'),
  ];
}

function expressionAt(part: Json, name: string, scope: 'filter' | 'target'): Finding[] {
  const source = part[name];
  return typeof source === 'string' ? findingsAt(pointerTo(name), expressionFindings(source, scope)) : [];
}

/** How many are named of one part: a document can hold tens of thousands. */
const maxUnknownFields = 10;

function unknownFields(part: Json, kind: keyof typeof fields): Finding[] {
  const known: readonly string[] = fields[kind];
  return Object.keys(part)
    .filter((name) => !known.includes(name))
    .slice(0, maxUnknownFields)
    .map((name) => {
      const similar = similarName(name, known);
      return finding(
        'unknown_field',
        `TaskRouter ignores ${name}, which is not a field of a ${kind}`,
        similar ? `Write ${similar} if you mean that.` : `Remove it. Valid fields: ${known.join(', ')}.`,
        pointerTo(name),
      );
    });
}
