import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'dotenv';
import type { FunctionHandler } from '../../src/adapter/runtime';
import { variableNames } from '../../src/adapter/variables';
import { exampleSid, functionContext, functionEvent, invoke } from '../support/twilio-runtime';

const projectRoot = path.join(__dirname, '..', '..');
const example = (file: string) => parse(readFileSync(path.join(projectRoot, file)));

describe('the variables of the Functions', () => {
  it('are explained in .env.example, all of them and no others', () => {
    expect(Object.keys(example('.env.example')).sort()).toEqual([...variableNames].sort());
  });

  it('are explained in .env.deploy.example, except those for local runs', () => {
    const deployed = variableNames.filter((name) => name !== 'TASKROUTER_BASE_URL');
    expect(Object.keys(example('.env.deploy.example')).sort()).toEqual(deployed.sort());
  });

  it('are all that the Functions read, in addition to those of the platform', async () => {
    const read = new Set<string>();
    for (const handler of handlers()) {
      // No server listens there; the Functions read their variables before they notice.
      const variables = functionContext({ TASKROUTER_BASE_URL: 'http://127.0.0.1:1' });
      const context = new Proxy(variables, {
        get(target, name) {
          read.add(String(name));
          return target[String(name)];
        },
      });
      await invoke(handler, { context, event: functionEvent(parameters) });
    }
    const others = ['TWILIO_REGION', 'TWILIO_EDGE', ...tutorialNames];
    expect([...read].filter((name) => !others.includes(name)).sort()).toEqual([...variableNames].sort());
  });
});

const parameters = { task_sid: exampleSid('WT'), worker: exampleSid('WK'), activity: exampleSid('WA') };
const tutorialNames = ['TWILIO_WORKSPACE_SID', 'TWILIO_WORKFLOW_SID', 'TWILIO_POST_WORKER_ACTIVITY'];

function handlers(): FunctionHandler[] {
  const folder = path.join(projectRoot, 'functions');
  return readdirSync(folder).map((file) => require(path.join(folder, file)).handler);
}
