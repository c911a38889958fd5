import { render } from 'preact';
import { callClient } from './calls/call-client';
import { CallFeed } from './calls/call-feed';
import { CallerPhone, onProgress } from './calls/caller-phone';
import { LifecyclePage } from './components/lifecycle-page';
import { isFramed } from './design/is-framed';
import { functionClient } from './lifecycle/function-client';
import { LifecycleSession } from './lifecycle/lifecycle-session';

const isVisible = () => document.visibilityState === 'visible';

const root = document.getElementById('page');
if (root && !isFramed()) {
  const { origin } = location;
  const session = new LifecycleSession({ invoke: functionClient(origin), isVisible });
  const feed = new CallFeed(origin);
  const phone = new CallerPhone(feed, callClient(origin));
  document.addEventListener('visibilitychange', () => {
    if (!isVisible()) feed.close();
    session.visibilityChanged();
  });
  // Only a local TaskRouter has an inspector, and calls.
  session.subscribe(() => {
    if (session.state.lifecycle?.inspector_url && isVisible()) feed.open();
  });
  // The tasks follow a call at once.
  onProgress(phone, () => void session.refresh());
  render(<LifecyclePage session={session} phone={phone} now={feed.now} />, root);
  void session.refresh();
}
