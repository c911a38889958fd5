import { render } from 'preact';
import { LifecyclePage } from './components/lifecycle-page';
import { isFramed } from './design/is-framed';
import { functionClient } from './lifecycle/function-client';
import { LifecycleSession } from './lifecycle/lifecycle-session';

const root = document.getElementById('page');
if (root && !isFramed()) {
  const session = new LifecycleSession({
    invoke: functionClient(location.origin),
    isVisible: () => document.visibilityState === 'visible',
  });
  document.addEventListener('visibilitychange', () => session.visibilityChanged());
  render(<LifecyclePage session={session} />, root);
  void session.refresh();
}
