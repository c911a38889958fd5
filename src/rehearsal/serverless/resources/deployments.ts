import { invalid } from '../errors';
import { formatDeployment } from '../formats';
import { environmentOf, found } from '../lookups';
import type { Build, Deployment, Environment } from '../model';
import { page } from '../paging';
import { created, type Operation, ok, type ServerlessRequest } from '../request';
import { requireContextFits } from '../rules';

const root = '/v1/Services/:service/Environments/:environment/Deployments';

export const deployments: readonly Operation[] = [
  {
    method: 'GET',
    path: root,
    handle: (request) =>
      page(request, 'deployments', deploymentsIn(request), (row) =>
        formatDeployment(row, request.accountSid),
      ),
  },
  { method: 'POST', path: root, handle: createDeployment },
  { method: 'GET', path: `${root}/:deployment`, handle: fetchDeployment },
];

/** The newest first: https://www.twilio.com/docs/serverless/api/resource/deployment */
function deploymentsIn(request: ServerlessRequest): Deployment[] {
  const environment = environmentOf(request);
  return request.state.deployments
    .filter(({ environmentSid }) => environmentSid === environment.sid)
    .reverse();
}

/** Switches the environment to the build, and responds once the build runs. */
async function createDeployment(request: ServerlessRequest) {
  const { state, runner, accountSid } = request;
  const environment = environmentOf(request);
  const build = completedBuild(request, environment);
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
  await runner.activate(environment.sid);
  return created(formatDeployment(deployment, accountSid));
}

function completedBuild({ state, parameters }: ServerlessRequest, { serviceSid }: Environment): Build {
  const sid = parameters.text('BuildSid') ?? '';
  const build = state.builds.find((each) => each.sid === sid && each.serviceSid === serviceSid);
  if (!build) throw invalid(`BuildSid '${sid}' is no build of this Service`);
  if (build.status !== 'completed') throw invalid(`The build ${sid} is ${build.status}, and not completed`);
  return build;
}

function fetchDeployment(request: ServerlessRequest) {
  const wanted = request.path.deployment;
  const deployment = deploymentsIn(request).find(({ sid }) => sid === wanted);
  return ok(formatDeployment(found(deployment, request.url), request.accountSid));
}
