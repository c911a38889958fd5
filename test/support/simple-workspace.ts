export type Form = Readonly<Record<string, string | number | boolean>>;

/** The REST API, over whatever a test uses. */
export interface RestApi {
  /** Creates something and returns its sid. */
  create(path: string, form: Form): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the test is about
  get(path: string): Promise<{ readonly body: any }>;
}

/**
 * A multitasking workspace with one queue that takes everybody, and one workflow that sends everything there.
 * @param form more parameters of the workspace; @param workflowForm more parameters of the workflow
 */
export async function simpleWorkspace(api: RestApi, form: Form = {}, workflowForm: Form = {}) {
  const workspaceSid = await api.create('/v1/Workspaces', { FriendlyName: 'Simple', ...form });
  const path = `/v1/Workspaces/${workspaceSid}`;
  const taskQueueSid = await api.create(`${path}/TaskQueues`, { FriendlyName: 'Everybody' });
  const workflowSid = await api.create(`${path}/Workflows`, {
    FriendlyName: 'Everything',
    Configuration: JSON.stringify({ task_routing: { default_filter: { queue: taskQueueSid } } }),
    ...workflowForm,
  });
  const { body } = await api.get(`${path}/Activities`);
  const activities: Record<string, string> = {};
  for (const { friendly_name, sid } of body.activities) activities[friendly_name] = sid;
  return { path, workspaceSid, taskQueueSid, workflowSid, activities };
}
