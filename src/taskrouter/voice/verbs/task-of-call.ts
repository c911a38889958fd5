import { isDeeperThan } from '../../../common/json-depth';
import { limits } from '../../../common/limits';
import type { Attributes, Task } from '../../model/entities';
import { TaskRouterError } from '../../model/errors';
import { compactJson, withMembers } from '../../model/json-text';
import { callAttributes } from '../calls/call-parameters';
import type { Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import { voiceAlerts } from '../voice-alerts';

/** Creates the task that `<Enqueue>` describes. Null after an alert. */
export async function createTask(verb: Verb, workflowSid: string, flow: Flow): Promise<Task | null> {
  const { call, services } = flow;
  const { taskRouter, accountSid } = services;
  try {
    const task = verb.children.find(({ verb: name }) => name === 'Task' || name === 'TaskAttributes');
    const workspaceSid = taskRouter.view.find('workflows', workflowSid)?.workspaceSid;
    if (!workspaceSid) throw new TaskNotCreated(`Workflow ${workflowSid} does not exist`);
    return await taskRouter.execute({
      type: 'CreateTask',
      workspaceSid,
      workflowSid,
      taskChannel: 'voice',
      attributes: attributesOf(task?.text ?? '', callAttributes(call, accountSid)),
      priority: integer('priority', task?.attributes.priority),
      timeoutSeconds: integer('timeout', task?.attributes.timeout),
    });
  } catch (error) {
    if (!(error instanceof TaskRouterError || error instanceof TaskNotCreated)) throw error;
    services.alert(call, voiceAlerts.taskNotCreated(error.message));
    return null;
  }
}

class TaskNotCreated extends Error {}

/** @throws TaskNotCreated */
function integer(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new TaskNotCreated(`${name}="${text}" is not a whole number`);
  return Number(text);
}

/** Our choice: where the JSON of `<Task>` has the name of a call's attribute, it wins. @throws TaskNotCreated */
function attributesOf(json: string, ofCall: Readonly<Record<string, string>>): Attributes {
  const own = json.trim() === '' ? '{}' : json;
  if (isDeeperThan(limits.jsonDepth, own)) throw new TaskNotCreated('the JSON of <Task> is nested too deep');
  const value = parsedObject(own);
  const added = Object.fromEntries(Object.entries(ofCall).filter(([name]) => !Object.hasOwn(value, name)));
  const text = withMembers(compactJson(own), added);
  const max = limits.attributesCharacters;
  if (text.length > max) throw new TaskNotCreated(`its attributes have more than ${max} characters`);
  return { text, value: { ...value, ...added } };
}

function parsedObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // The same fault.
  }
  throw new TaskNotCreated('the text of <Task> is not a JSON object');
}
