import { render } from 'preact';
import { AgentPhone } from './agent/agent-phone';
import { AgentSession } from './agent/agent-session';
import { BackgroundAlerts } from './agent/background-alerts';
import { browserAlerts } from './agent/browser-alerts';
import { AgentPage } from './agent/components/agent-page';
import { connectWorker } from './agent/connect-worker';
import { callClient } from './calls/call-client';
import { CallFeed } from './calls/call-feed';
import { isFramed } from './design/is-framed';
import { functionClient } from './lifecycle/function-client';

const root = document.getElementById('page');
if (root && !isFramed()) {
  const alerts = new BackgroundAlerts(browserAlerts());
  const phone = new AgentPhone({
    newFeed: (worker_sid) => new CallFeed(location.origin, { worker_sid, phone: 'open' }),
    client: callClient(location.origin),
    alerts,
    reservations: () => session.state.reservations,
  });
  const session: AgentSession = new AgentSession({
    worker: new URLSearchParams(location.search).get('worker') || null,
    pageUrl: location.href,
    invoke: functionClient(location.origin),
    connect: connectWorker,
    alerts,
    openPhone: phone.open,
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') session.resume();
  });
  render(<AgentPage session={session} phone={phone} alerts={alerts} />, root);
  void session.start();
}
