import { type Call, created, noContent, type Operation, ok } from '../call';
import { formatVariable } from '../formats';
import { environmentOf, variableOf } from '../lookups';
import type { Variable } from '../model';
import { page } from '../paging';
import { conflict, invalid } from '../refusals';
import { requireVariableKey, requireVariableValue } from '../rules';

const root = '/v1/Services/:service/Environments/:environment/Variables';

export const variables: readonly Operation[] = [
  {
    method: 'GET',
    path: root,
    answer: (call) =>
      page(call, 'variables', call.state.variablesOf(environmentOf(call)), (row) =>
        formatVariable(row, call.accountSid),
      ),
  },
  { method: 'POST', path: root, answer: createVariable },
  {
    method: 'GET',
    path: `${root}/:variable`,
    answer: (call) => ok(formatVariable(variableOf(call), call.accountSid)),
  },
  { method: 'POST', path: `${root}/:variable`, answer: updateVariable },
  { method: 'DELETE', path: `${root}/:variable`, answer: deleteVariable },
];

function createVariable(call: Call) {
  const { state, parameters } = call;
  const { serviceSid, ...environment } = environmentOf(call);
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
  return created(formatVariable(variable, call.accountSid));
}

/** Our choice: the key of a variable stays; the tools send it along unchanged. */
function updateVariable(call: Call) {
  const { state, parameters } = call;
  const variable = variableOf(call);
  const key = parameters.text('Key') ?? variable.key;
  if (key !== variable.key) throw invalid('Key of a variable cannot be changed: delete it and make another');
  const value = parameters.text('Value');
  if (value !== undefined) variable.value = requireVariableValue(key, value);
  state.touch(variable);
  return ok(formatVariable(variable, call.accountSid));
}

function deleteVariable(call: Call) {
  call.state.variables.splice(call.state.variables.indexOf(variableOf(call)), 1);
  return noContent;
}
