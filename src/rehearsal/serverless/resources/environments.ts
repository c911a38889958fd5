import { conflict } from '../errors';
import { formatEnvironment } from '../formats';
import { domainEnding } from '../hosts';
import { environmentOf, serviceOf } from '../lookups';
import type { Environment } from '../model';
import { page } from '../paging';
import { created, noContent, type Operation, ok, type ServerlessRequest } from '../request';
import { requireDomainSuffix, requireUniqueName } from '../rules';

const root = '/v1/Services/:service/Environments';

export const environments: readonly Operation[] = [
  { method: 'GET', path: root, handle: listEnvironments },
  { method: 'POST', path: root, handle: createEnvironment },
  {
    method: 'GET',
    path: `${root}/:environment`,
    handle: (request) => ok(formatEnvironment(environmentOf(request), request.accountSid)),
  },
  { method: 'DELETE', path: `${root}/:environment`, handle: deleteEnvironment },
];

function listEnvironments(request: ServerlessRequest) {
  const service = serviceOf(request);
  const rows = request.state.environments.filter(({ serviceSid }) => serviceSid === service.sid);
  return page(request, 'environments', rows, (row) => formatEnvironment(row, request.accountSid));
}

function createEnvironment(request: ServerlessRequest) {
  const { state, parameters, accountSid } = request;
  const service = serviceOf(request);
  const uniqueName = requireUniqueName(parameters.text('UniqueName'), 100);
  const domainSuffix = requireDomainSuffix(parameters.text('DomainSuffix'));
  const others = state.environments.filter(({ serviceSid }) => serviceSid === service.sid);
  if (others.some((other) => other.uniqueName === uniqueName || other.domainSuffix === domainSuffix))
    throw conflict(`The Service has an Environment with this UniqueName or DomainSuffix already`);
  const name = domainSuffix === null ? service.domainBase : `${service.domainBase}-${domainSuffix}`;
  const environment: Environment = {
    ...state.stamped('ZE'),
    serviceSid: service.sid,
    uniqueName,
    domainSuffix,
    domainName: name.toLowerCase() + domainEnding,
    buildSid: null,
  };
  state.environments.push(environment);
  return created(formatEnvironment(environment, accountSid));
}

function deleteEnvironment(request: ServerlessRequest) {
  request.state.removeEnvironment(environmentOf(request));
  return noContent;
}
