import { render } from 'preact';
import { InspectorPage } from './components/inspector-page';
import { controlClient } from './data/control-client';
import { InspectorSession } from './data/inspector-session';
import type { EventSourceLike } from './data/live-stream';

const session = new InspectorSession({
  client: controlClient(location.origin),
  pageUrl: location.href,
  open: (address) => new EventSource(address) as unknown as EventSourceLike,
  statusOf: async (address) => (await fetch(address)).status,
  later: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  storage: webStorage(),
  nextFrame: (action) => void requestAnimationFrame(action),
});

/** Null if the browser has storage disabled. */
function webStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const isVisible = () => document.visibilityState === 'visible';
document.addEventListener('visibilitychange', () => session.visibilityChanged(isVisible()));
session.visibilityChanged(isVisible());

const root = document.getElementById('page');
if (root) render(<InspectorPage session={session} />, root);
