import { type Call, created, noContent, type Operation, ok } from '../call';
import { formatService } from '../formats';
import { serviceOf } from '../lookups';
import { page } from '../paging';
import { conflict } from '../refusals';
import { requireText, requireUniqueName } from '../rules';

const root = '/v1/Services';

export const services: readonly Operation[] = [
  {
    method: 'GET',
    path: root,
    answer: (call) =>
      page(call, 'services', call.state.services, (row) => formatService(row, call.accountSid)),
  },
  { method: 'POST', path: root, answer: createService },
  {
    method: 'GET',
    path: `${root}/:service`,
    answer: (call) => ok(formatService(serviceOf(call), call.accountSid)),
  },
  { method: 'POST', path: `${root}/:service`, answer: updateService },
  { method: 'DELETE', path: `${root}/:service`, answer: deleteService },
];

function createService({ state, parameters, accountSid }: Call) {
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

function updateService(call: Call) {
  const { state, parameters } = call;
  const service = serviceOf(call);
  const friendlyName = parameters.text('FriendlyName');
  if (friendlyName !== undefined) service.friendlyName = requireText('FriendlyName', friendlyName, 255);
  service.includeCredentials = parameters.flag('IncludeCredentials') ?? service.includeCredentials;
  service.uiEditable = parameters.flag('UiEditable') ?? service.uiEditable;
  state.touch(service);
  return ok(formatService(service, call.accountSid));
}

function deleteService(call: Call) {
  const service = serviceOf(call);
  call.state.removeService(service);
  return noContent;
}
