import { type Call, created, noContent, type Operation, ok } from '../call';
import { formatEnvironment } from '../formats';
import { domainEnding } from '../hosts';
import { environmentOf, serviceOf } from '../lookups';
import type { Environment } from '../model';
import { page } from '../paging';
import { conflict } from '../refusals';
import { requireDomainSuffix, requireUniqueName } from '../rules';

const root = '/v1/Services/:service/Environments';

export const environments: readonly Operation[] = [
  { method: 'GET', path: root, answer: listEnvironments },
  { method: 'POST', path: root, answer: createEnvironment },
  {
    method: 'GET',
    path: `${root}/:environment`,
    answer: (call) => ok(formatEnvironment(environmentOf(call), call.accountSid)),
  },
  { method: 'DELETE', path: `${root}/:environment`, answer: deleteEnvironment },
];

function listEnvironments(call: Call) {
  const service = serviceOf(call);
  const rows = call.state.environments.filter(({ serviceSid }) => serviceSid === service.sid);
  return page(call, 'environments', rows, (row) => formatEnvironment(row, call.accountSid));
}

function createEnvironment(call: Call) {
  const { state, parameters, accountSid } = call;
  const service = serviceOf(call);
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

function deleteEnvironment(call: Call) {
  call.state.removeEnvironment(environmentOf(call));
  return noContent;
}
