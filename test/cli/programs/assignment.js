// The tutorial's program, which is called at a public URL: it checks the signature, and accepts.
const { createServer } = require('node:http');
const { once } = require('node:events');
const twilio = require('twilio');

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, WORKSPACE_SID, WORKFLOW_SID, PORT } = process.env;
const workspace = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN).taskrouter.v1.workspaces(WORKSPACE_SID);

async function main() {
  const server = createServer().listen(Number(PORT), '127.0.0.1');
  await once(server, 'listening');
  await workspace.workflows(WORKFLOW_SID).update({
    assignmentCallbackUrl: 'https://care.example/assignment?from=twilio',
  });
  const [alice] = await workspace.workers.list({ friendlyName: 'Alice' });
  const [idle] = await workspace.activities.list({ friendlyName: 'Idle' });
  await workspace.workers(alice.sid).update({ activitySid: idle.sid });
  await workspace.tasks.create({ attributes: '{"selected_language":"es"}', workflowSid: WORKFLOW_SID });

  const [request, response] = await once(server, 'request');
  const chunks = await request.setEncoding('utf8').toArray();
  const url = `${request.headers['x-forwarded-proto']}://${request.headers.host}${request.url}`;
  const parameters = Object.fromEntries(new URLSearchParams(chunks.join('')));
  const isSigned = twilio.validateRequest(
    TWILIO_AUTH_TOKEN,
    request.headers['x-twilio-signature'],
    url,
    parameters,
  );
  response.end('{}');
  server.close();
  process.stdout.write(JSON.stringify({ url, isSigned }));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
