import { conflict } from '../errors';
import { formatService } from '../formats';
import { serviceOf } from '../lookups';
import { page } from '../paging';
import { created, noContent, type Operation, ok, type ServerlessRequest } from '../request';
import { requireText, requireUniqueName } from '../rules';

const root = '/v1/Services';

export const services: readonly Operation[] = [
  {
    method: 'GET',
    path: root,
    handle: (request) =>
      page(request, 'services', request.state.services, (row) => formatService(row, request.accountSid)),
  },
  { method: 'POST', path: root, handle: createService },
  {
    method: 'GET',
    path: `${root}/:service`,
    handle: (request) => ok(formatService(serviceOf(request), request.accountSid)),
  },
  { method: 'POST', path: `${root}/:service`, handle: updateService },
  { method: 'DELETE', path: `${root}/:service`, handle: deleteService },
];

function createService({ state, parameters, accountSid }: ServerlessRequest) {
  const uniqueName = requireUniqueName(parameters.text('UniqueName'), 50);
  const friendlyName = requireText('FriendlyName', parameters.text('FriendlyName'), 255);
  if (state.services.some((service) => service.uniqueName === uniqueName))
    throw conflict(`A Service with the UniqueName '${uniqueName}' exists already`);
  const service = state.addService(uniqueName, {
    friendlyName,
    includeCredentials: parameters.flag('IncludeCredentials') ?? true,
    uiEditable: parameters.flag('UiEditable') ?? false,
  });
  return created(formatService(service, accountSid));
}

function updateService(request: ServerlessRequest) {
  const { state, parameters } = request;
  const service = serviceOf(request);
  const friendlyName = parameters.text('FriendlyName');
  if (friendlyName !== undefined) service.friendlyName = requireText('FriendlyName', friendlyName, 255);
  service.includeCredentials = parameters.flag('IncludeCredentials') ?? service.includeCredentials;
  service.uiEditable = parameters.flag('UiEditable') ?? service.uiEditable;
  state.touch(service);
  return ok(formatService(service, request.accountSid));
}

function deleteService(request: ServerlessRequest) {
  const service = serviceOf(request);
  request.state.removeService(service);
  return noContent;
}
