import type { AlertFacilities } from './background-alerts';

/** In localStorage. */
const key = 'agent-alerts';

export function browserAlerts(): AlertFacilities {
  const isSupported = 'Notification' in window;
  return {
    isHidden: () => document.visibilityState === 'hidden',
    permission: () => (isSupported ? Notification.permission : 'unsupported'),
    ask: async () => void (await Notification.requestPermission()),
    show: (title, options) => {
      const notification = new Notification(title, options);
      notification.addEventListener('click', () => window.focus());
      return notification;
    },
    // Without permission to store anything, the switch lasts as long as the page.
    read: () => attempt(() => localStorage.getItem(key) === 'on') ?? false,
    remember: (isOn) => void attempt(() => localStorage.setItem(key, isOn ? 'on' : 'off')),
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
