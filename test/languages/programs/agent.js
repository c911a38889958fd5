// An agent's desktop as the worker SDK's documentation shows it: a token, and no address.
const twilio = require('twilio');
const { Worker } = require('twilio-taskrouter');

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET, WORKSPACE_SID } =
  process.env;

async function main() {
  const workspace = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN).taskrouter.v1.workspaces(WORKSPACE_SID);
  const [alice] = await workspace.workers.list({ friendlyName: 'Alice' });
  const worker = new Worker(tokenFor(alice), JSON.parse(process.argv[2]));
  worker.on('ready', async () => {
    await [...worker.activities.values()].find(({ name }) => name === 'Idle').setAsCurrent();
    await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  });
  worker.on('reservationCreated', async (reservation) => {
    reservation.on('accepted', () => {
      console.log(reservation.task.sid, reservation.task.status);
      process.exit();
    });
    await reservation.accept();
  });
  worker.on('error', (error) => {
    console.error(error);
    process.exit(1);
  });
}

function tokenFor(worker) {
  const { AccessToken } = twilio.jwt;
  const token = new AccessToken(TWILIO_ACCOUNT_SID, TWILIO_API_KEY, TWILIO_API_SECRET, { identity: 'Alice' });
  token.addGrant(
    new AccessToken.TaskRouterGrant({ workspaceSid: WORKSPACE_SID, workerSid: worker.sid, role: 'worker' }),
  );
  return token.toJwt();
}

main();
