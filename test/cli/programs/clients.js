// A program that knows nothing of the local TaskRouter, written as the documentation of its libraries shows.
const https = require('node:https');
const axios = require('axios');
const twilio = require('twilio');
const { WebSocket } = require('ws');

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, WORKSPACE_SID, WORKFLOW_SID, ELSEWHERE } = process.env;
const headers = {
  authorization: `Basic ${Buffer.from(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString('base64')}`,
};
const workspaces = 'https://taskrouter.twilio.com/v1/Workspaces';

const overHttps = (url) =>
  new Promise((resolve, reject) => {
    https.get(url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });

const overWebSocket = () =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket('wss://event-bridge.twilio.com/v1/wschannels?token=none');
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('close', (code) => resolve(code));
    socket.on('error', reject);
  });

async function main() {
  const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN);
  const { tasks } = client.taskrouter.v1.workspaces(WORKSPACE_SID);
  const task = await tasks.create({ attributes: '{"selected_language":"es"}', workflowSid: WORKFLOW_SID });
  const inIreland = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, { edge: 'dublin', region: 'ie1' });
  const refused = await client.messages.create({ to: '+15550100', body: 'x' }).catch((error) => error);
  const twiml = '<Response><Pause length="60"/></Response>';
  const { sid } = await client.calls.create({ to: '+15550111', from: '+15550100', twiml });
  while ((await client.calls(sid).fetch()).status !== 'in-progress');
  const call = await client.calls(sid).update({ status: 'completed' });
  return {
    call: call.status,
    status: task.assignmentStatus,
    url: task.url,
    tasks: (await tasks.list()).length,
    account: (await client.api.v2010.accounts(TWILIO_ACCOUNT_SID).fetch()).status,
    inIreland: (await inIreland.taskrouter.v1.workspaces.list({ limit: 1 }))[0].url,
    refused: [refused.status, refused.code],
    fetch: (await fetch(workspaces, { headers })).status,
    https: await overHttps(workspaces),
    axios: (await axios.get(workspaces, { headers })).status,
    webSocket: await overWebSocket(),
    elsewhere: [
      await (await fetch(ELSEWHERE)).text(),
      await overHttps(ELSEWHERE),
      (await axios.get(ELSEWHERE)).data,
    ],
  };
}

main().then(
  (result) => {
    process.stdout.write(JSON.stringify(result));
    process.exitCode = 7;
  },
  (error) => {
    console.error(error);
  },
);
