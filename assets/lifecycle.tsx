import { render } from 'preact';
import { LifecyclePage } from './components/lifecycle-page';
import { functionClient } from './lifecycle/function-client';
import { LifecycleSession } from './lifecycle/lifecycle-session';

/**
 * In a frame of another page, the page stays empty and sends no requests, to prevent clickjacking. Content Security
 * Policy has `frame-ancestors` for this, but not in a <meta> (https://www.w3.org/TR/CSP3/#meta-element), and Twilio's
 * Assets do not allow custom headers.
 */
const isFramed = window.top !== window.self;

const root = document.getElementById('page');
if (root && !isFramed) {
  const session = new LifecycleSession({
    invoke: functionClient(location.origin),
    isVisible: () => document.visibilityState === 'visible',
  });
  document.addEventListener('visibilitychange', () => session.visibilityChanged());
  render(<LifecyclePage session={session} />, root);
  void session.refresh();
}
