const twilio = require('twilio');

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, WORKSPACE_SID, WORKFLOW_SID } = process.env;
const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN);

client.taskrouter.v1
  .workspaces(WORKSPACE_SID)
  .tasks.create({ workflowSid: WORKFLOW_SID, attributes: JSON.stringify({ selected_language: 'es' }) })
  .then((task) => console.log(task.sid, task.assignmentStatus, require('twilio/package.json').version));
