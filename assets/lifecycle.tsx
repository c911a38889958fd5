import { render } from 'preact';
import { LifecyclePage } from './components/lifecycle-page';
import { functionsAt } from './lifecycle/call-function';
import { LifecycleSession } from './lifecycle/lifecycle-session';

const session = new LifecycleSession({
  call: functionsAt(location.origin),
  isVisible: () => document.visibilityState === 'visible',
});
document.addEventListener('visibilitychange', () => session.visibilityChanged());

const place = document.getElementById('page');
if (place) render(<LifecyclePage session={session} />, place);
void session.refresh();
