import { type Call, created, noContent, type Operation, ok } from '../call';
import { formatService } from '../formats';
import { serviceOf } from '../lookups';
import type { Service } from '../model';
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
  const uniqueName = requireUniqueName(parameters.get('UniqueName') ?? '', 50);
  const friendlyName = requireText('FriendlyName', parameters.get('FriendlyName') ?? undefined, 255);
  if (state.services.some((service) => service.uniqueName === uniqueName))
    throw conflict(`A Service with the UniqueName '${uniqueName}' exists already`);
  const service = state.addService(uniqueName, {
    friendlyName,
    includeCredentials: parameters.get('IncludeCredentials') !== 'false',
    uiEditable: parameters.get('UiEditable') === 'true',
  });
  return created(formatService(service, accountSid));
}

function updateService(call: Call) {
  const { state, parameters } = call;
  const service = serviceOf(call);
  const friendlyName = parameters.get('FriendlyName');
  if (friendlyName !== null) service.friendlyName = requireText('FriendlyName', friendlyName, 255);
  setFlag(service, 'includeCredentials', parameters.get('IncludeCredentials'));
  setFlag(service, 'uiEditable', parameters.get('UiEditable'));
  state.touch(service);
  return ok(formatService(service, call.accountSid));
}

function setFlag(service: Service, flag: 'includeCredentials' | 'uiEditable', given: string | null): void {
  if (given !== null) service[flag] = given === 'true';
}

function deleteService(call: Call) {
  const service = serviceOf(call);
  call.state.removeService(service);
  return noContent;
}
