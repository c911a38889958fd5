import { type AlertFacilities, alertText, BackgroundAlerts } from '../../assets/agent/background-alerts';
import { aView } from './samples';

/** A browser that shows notifications once it is asked. */
function browser(part: Partial<AlertFacilities> = {}) {
  const log: string[] = [];
  let permission: NotificationPermission = 'default';
  const alerts = new BackgroundAlerts({
    isHidden: () => true,
    permission: () => permission,
    ask: async () => {
      log.push('ask');
      permission = 'granted';
    },
    show: (title, { body }) => {
      log.push(`${title}: ${body}`);
      return { close: () => log.push('close') };
    },
    read: () => false,
    remember: (isOn) => log.push(`remember ${isOn}`),
    ...part,
  });
  return { alerts, log };
}

it('shows nothing unless the agent asks for it', () => {
  const { alerts, log } = browser({ permission: () => 'granted' });
  alerts.offered(aView());
  expect(log).toEqual([]);
});

it('asks for permission, shows an offer, and takes it back when the offer is over', async () => {
  const { alerts, log } = browser();
  await alerts.setOn(true);
  alerts.offered(aView());
  alerts.ended(aView().sid);
  alerts.ended(aView().sid);
  expect(log).toEqual(['remember true', 'ask', 'New offer: selected_language es', 'close']);
  expect(alerts.state).toEqual({ isOn: true, permission: 'granted' });
});

it('shows who calls until the phone does not ring any more', async () => {
  const { alerts, log } = browser({ permission: () => 'granted' });
  await alerts.setOn(true);
  alerts.ringing('CA1', '+15550111');
  alerts.ended('CA1');
  expect(log.slice(1)).toEqual(['Your phone rings: +15550111', 'close']);
});

it('shows no notification while the page is in view', async () => {
  const { alerts, log } = browser({ isHidden: () => false });
  await alerts.setOn(true);
  alerts.offered(aView());
  expect(log).not.toContain('New offer: selected_language es');
});

it('says so if the browser has no notifications for the page', async () => {
  const { alerts } = browser({
    permission: () => 'granted',
    show: () => {
      throw new TypeError('Illegal constructor');
    },
  });
  await alerts.setOn(true);
  alerts.offered(aView());
  expect(alertText(alerts.state)).toMatch('This browser has no notifications');
  expect(alertText({ isOn: true, permission: 'denied' })).toMatch('Your browser blocks notifications');
});
