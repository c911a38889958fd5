import path from 'node:path';
import type { Finding } from '../../doctor/finding';
import { withReceivers } from '../../doctor/receiver-findings';
import { readConfig } from '../../system/config';
import { keepCredentials } from '../../system/credentials';
import { mapConcurrently, pages } from '../../workspace/existing/read';
import { findOperator, hasLifecycle, sourceBuild } from '../deploy/functions-of-target';
import { requestRunning } from '../running';
import { requestTarget } from '../workspace/request-target';
import { openTarget } from '../workspace/target';
import { askReceivers } from './ask-receivers';
import { callbackUrls } from './callback-urls';
import type { Diagnosis, DoctorContext, DoctorFlags } from './diagnosis';

/** What is stuck in the running local TaskRouter, in all of its workspaces. @throws ConfigurationError when none runs */
export async function diagnoseLocal(flags: DoctorFlags, context: DoctorContext): Promise<Diagnosis> {
  const { terminal, projectRoot, newDispatcher } = context;
  const target = await openTarget(terminal, flags);
  const dataDirectory = path.resolve(flags.data);
  const response = await requestRunning(terminal, dataDirectory, 'doctor');
  const { findings } = response as { readonly findings: readonly Finding[] };
  const urls = await requestTarget(terminal, target, async () => {
    const workspaces = await target.client.taskrouter.v1.workspaces.list(pages());
    return mapConcurrently(workspaces, (workspace) => callbackUrls(target.client, workspace));
  });
  const receivers = await askReceivers({
    target: 'local',
    callbackUrls: urls.flat(),
    functionsUrl: target.functionsUrl || null,
    operator: findOperator(flags, context),
    sourceBuild: await sourceBuild(projectRoot),
    hasLifecycle: hasLifecycle(projectRoot),
    authToken: keepCredentials(dataDirectory, readConfig(terminal.environment)).authToken,
    newDispatcher,
  });
  return { subject: target.name, findings: withReceivers(findings, receivers) };
}
