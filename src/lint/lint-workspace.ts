import { activityFindings } from './activity-findings';
import { queueAttributeFindings, routingAttributeFindings } from './attribute-findings';
import { attributeNameFindings } from './attribute-name-findings';
import { AttributeValues } from './attribute-values';
import { callbackFindings } from './callback-findings';
import type { Vocabulary } from './comparison-findings';
import { expressionFindings } from './expression-findings';
import { type Finding, finding, findingsAt, pointerTo } from './finding';
import { limitFindings } from './limit-findings';
import type { LintedWorkflow, LintedWorkspace } from './linted-workspace';
import { misspelledTaskAttributes, type PlacedExpression } from './misspelled-attributes';
import { type Routing, routingOf, targetsOf } from './routing';
import { routingFindings, takesTask } from './routing-findings';
import { taskChannelFindings } from './task-channel-findings';
import { workerFindings } from './worker-findings';
import { workflowFindings } from './workflow-findings';

/** Expressions read them besides attributes: https://www.twilio.com/docs/taskrouter/expression-syntax */
const workerFields = new Set(['sid', 'friendly_name', 'activity_sid', 'activity_name', 'channel']);
const taskFields = new Set(['taskrouter']);

interface PlacedWorkflow {
  readonly workflow: LintedWorkflow;
  readonly routing: Routing;
  /** A JSON pointer to the configuration. */
  readonly place: string;
}

/**
 * Everything that TaskRouter accepts in a workspace and that may not do what its author means, without the rules that
 * the file silences. Places are JSON pointers into the file.
 * @param isOnTwilio whether Twilio has to reach the callback URLs
 */
export function lintWorkspace(
  workspace: LintedWorkspace,
  { isOnTwilio }: { readonly isOnTwilio: boolean },
): Finding[] {
  const vocabulary = {
    worker: new AttributeValues(
      workspace.workers.map(({ attributes = {} }) => attributes),
      workerFields,
    ),
    task: new AttributeValues(workspace.exampleTasks ?? [], taskFields),
  };
  const workflows = workspace.workflows.map((workflow, index) => ({
    workflow,
    routing: routingOf(workflow.configuration),
    place: pointerTo('workflows', index, 'configuration'),
  }));
  const findings = [
    ...channelFindings(workspace),
    ...activityFindings(workspace),
    ...queueFindings(workspace, vocabulary),
    ...workflows.flatMap((workflow) => configurationFindings(workflow, workspace, vocabulary)),
    ...(vocabulary.task.areKnown ? [] : misspelledTaskAttributes(workflows.flatMap(expressionsOf))),
    ...exampleFindings(workspace, workflows),
    ...workerFindings(workspace),
    ...attributeNameFindings(workspace),
    ...(isOnTwilio ? callbackFindings(workspace) : []),
    ...limitFindings(workspace),
  ];
  const ignored = workspace.lint?.ignore ?? [];
  return findings.filter(({ code }) => !ignored.includes(code));
}

function channelFindings({ taskChannels = [] }: LintedWorkspace): Finding[] {
  return taskChannels.flatMap(({ uniqueName }, index) =>
    findingsAt(pointerTo('taskChannels', index, 'uniqueName'), taskChannelFindings(uniqueName)),
  );
}

function queueFindings({ taskQueues }: LintedWorkspace, vocabulary: Vocabulary): Finding[] {
  return taskQueues.flatMap(({ targetWorkers }, index) => {
    if (!targetWorkers) return [];
    return findingsAt(pointerTo('taskQueues', index, 'targetWorkers'), [
      ...expressionFindings(targetWorkers, 'queue'),
      ...queueAttributeFindings(targetWorkers, vocabulary),
    ]);
  });
}

function configurationFindings(
  { workflow, routing, place }: PlacedWorkflow,
  { taskQueues }: LintedWorkspace,
  vocabulary: Vocabulary,
): Finding[] {
  return findingsAt(place, [
    ...workflowFindings(workflow.configuration),
    ...routingAttributeFindings(routing, vocabulary),
    ...routingFindings(workflow, routing, taskQueues),
  ]);
}

function expressionsOf({ routing, place: at }: PlacedWorkflow): PlacedExpression[] {
  const filters = routing.filters.map(({ place, expression }) => ({
    place,
    expression,
    scope: 'filter' as const,
  }));
  const targets = targetsOf(routing).map(({ place, expression }) => ({
    place,
    expression,
    scope: 'target' as const,
  }));
  return [...filters, ...targets].flatMap(({ place, expression, scope }) =>
    expression === undefined
      ? []
      : [{ place: `${at}${place}${pointerTo('expression')}`, source: expression, scope }],
  );
}

function exampleFindings(
  { exampleTasks = [] }: LintedWorkspace,
  workflows: readonly PlacedWorkflow[],
): Finding[] {
  return exampleTasks.flatMap((attributes, index) =>
    workflows.length === 0 || workflows.some(({ routing }) => takesTask(routing, attributes))
      ? []
      : [
          finding(
            'example_without_filter',
            'No filter of any workflow matches this task, so it is canceled as soon as it is created',
            'Correct its attributes or a filter, or add a default_filter.',
            pointerTo('exampleTasks', index),
          ),
        ],
  );
}
