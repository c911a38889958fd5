import { conflict, invalid } from '../errors';
import { formatVariable } from '../formats';
import { environmentOf, variableOf } from '../lookups';
import type { Variable } from '../model';
import { page } from '../paging';
import { created, noContent, type Operation, ok, type ServerlessRequest } from '../request';
import { requireVariableKey, requireVariableValue } from '../rules';

const root = '/v1/Services/:service/Environments/:environment/Variables';

export const variables: readonly Operation[] = [
  {
    method: 'GET',
    path: root,
    handle: (request) =>
      page(request, 'variables', request.state.variablesOf(environmentOf(request)), (row) =>
        formatVariable(row, request.accountSid),
      ),
  },
  { method: 'POST', path: root, handle: createVariable },
  {
    method: 'GET',
    path: `${root}/:variable`,
    handle: (request) => ok(formatVariable(variableOf(request), request.accountSid)),
  },
  { method: 'POST', path: `${root}/:variable`, handle: updateVariable },
  { method: 'DELETE', path: `${root}/:variable`, handle: deleteVariable },
];

function createVariable(request: ServerlessRequest) {
  const { state, parameters } = request;
  const { serviceSid, ...environment } = environmentOf(request);
  const key = requireVariableKey(parameters.text('Key'));
  const value = requireVariableValue(key, parameters.text('Value'));
  if (state.variables.some((each) => each.environmentSid === environment.sid && each.key === key))
    throw conflict(`The Environment has a variable '${key}' already`);
  const variable: Variable = {
    ...state.stamped('ZV'),
    serviceSid,
    environmentSid: environment.sid,
    key,
    value,
  };
  state.variables.push(variable);
  return created(formatVariable(variable, request.accountSid));
}

/** Our choice: the key of a variable stays; the tools send it along unchanged. */
function updateVariable(request: ServerlessRequest) {
  const { state, parameters } = request;
  const variable = variableOf(request);
  const key = parameters.text('Key') ?? variable.key;
  if (key !== variable.key) throw invalid('Key of a variable cannot be changed: delete it and make another');
  const value = parameters.text('Value');
  if (value !== undefined) variable.value = requireVariableValue(key, value);
  state.touch(variable);
  return ok(formatVariable(variable, request.accountSid));
}

function deleteVariable(request: ServerlessRequest) {
  request.state.variables.splice(request.state.variables.indexOf(variableOf(request)), 1);
  return noContent;
}
