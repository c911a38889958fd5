import type { NewRequest } from '../../src/taskrouter/inspector/request-log';

/** A request to the REST API as the log is given it. */
export function newRequest(partial: Partial<NewRequest> = {}): NewRequest {
  return {
    at: 0,
    durationMs: 1,
    method: 'POST',
    url: '/v1/Workspaces',
    headers: {},
    body: null,
    operation: 'CreateWorkspace',
    resource: 'Workspaces',
    knownParameters: ['FriendlyName'],
    path: {},
    status: 201,
    response: null,
    alertId: null,
    ...partial,
  };
}
