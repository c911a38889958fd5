import { render } from 'preact';
import { AgentSession } from './agent/agent-session';
import { BackgroundAlerts } from './agent/background-alerts';
import { browserAlerts } from './agent/browser-alerts';
import { AgentPage } from './agent/components/agent-page';
import { connectWorker } from './agent/connect-worker';
import { isFramed } from './design/is-framed';
import { functionClient } from './lifecycle/function-client';

const root = document.getElementById('page');
if (root && !isFramed()) {
  const alerts = new BackgroundAlerts(browserAlerts());
  const session = new AgentSession({
    worker: new URLSearchParams(location.search).get('worker') || null,
    pageUrl: location.href,
    invoke: functionClient(location.origin),
    connect: connectWorker,
    alerts,
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') session.resume();
  });
  render(<AgentPage session={session} alerts={alerts} />, root);
  void session.start();
}
