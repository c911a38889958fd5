import { type Call, created, type Operation, ok } from '../call';
import { formatDeployment } from '../formats';
import { environmentOf, found } from '../lookups';
import type { Build, Deployment, Environment } from '../model';
import { page } from '../paging';
import { invalid } from '../refusals';
import { requireContextFits } from '../rules';

const root = '/v1/Services/:service/Environments/:environment/Deployments';

export const deployments: readonly Operation[] = [
  {
    method: 'GET',
    path: root,
    answer: (call) =>
      page(call, 'deployments', deploymentsIn(call), (row) => formatDeployment(row, call.accountSid)),
  },
  { method: 'POST', path: root, answer: createDeployment },
  { method: 'GET', path: `${root}/:deployment`, answer: fetchDeployment },
];

/** The newest first: https://www.twilio.com/docs/serverless/api/resource/deployment */
function deploymentsIn(call: Call): Deployment[] {
  const environment = environmentOf(call);
  return call.state.deployments.filter(({ environmentSid }) => environmentSid === environment.sid).reverse();
}

/** Switches the environment to the build, and answers once the build does. */
async function createDeployment(call: Call) {
  const { state, workshop, accountSid } = call;
  const environment = environmentOf(call);
  const build = completedBuild(call, environment);
  requireContextFits(state.variablesOf(environment));
  const deployment: Deployment = {
    ...state.stamped('ZD'),
    serviceSid: environment.serviceSid,
    environmentSid: environment.sid,
    buildSid: build.sid,
  };
  state.deployments.push(deployment);
  environment.buildSid = build.sid;
  state.touch(environment);
  await workshop.activate(environment.sid);
  return created(formatDeployment(deployment, accountSid));
}

function completedBuild({ state, parameters }: Call, { serviceSid }: Environment): Build {
  const sid = parameters.text('BuildSid') ?? '';
  const build = state.builds.find((each) => each.sid === sid && each.serviceSid === serviceSid);
  if (!build) throw invalid(`BuildSid '${sid}' is no build of this Service`);
  if (build.status !== 'completed') throw invalid(`The build ${sid} is ${build.status}, and not completed`);
  return build;
}

function fetchDeployment(call: Call) {
  const wanted = call.path.deployment;
  const deployment = deploymentsIn(call).find(({ sid }) => sid === wanted);
  return ok(formatDeployment(found(deployment, call.url), call.accountSid));
}
