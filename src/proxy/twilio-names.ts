/** The domains whose names the authority may sign. */
export const twilioDomains = ['twilio.com', 'twil.io'] as const;

/** Source: https://www.twilio.com/docs/global-infrastructure/edge-locations */
const edges = [
  'ashburn',
  'dublin',
  'frankfurt',
  'roaming',
  'sao-paulo',
  'singapore',
  'sydney',
  'tokyo',
  'umatilla',
  'ashburn-ix',
  'frankfurt-ix',
  'london-ix',
  'san-jose-ix',
  'singapore-ix',
  'sydney-ix',
  'tokyo-ix',
];
/** Source: https://www.twilio.com/docs/global-infrastructure; those besides us1, ie1 and au1 are older ones. */
const regions = ['us1', 'ie1', 'au1', 'br1', 'de1', 'jp1', 'sg1', 'us2'];

/**
 * Every name of a Twilio host, as the certificate lists them: a wildcard stands for one label, and the certificate cannot be
 * replaced later, because the key of its authority is gone.
 */
export const certifiedNames: readonly string[] = [
  ...twilioDomains.map((domain) => `*.${domain}`),
  ...regions.flatMap((region) => [
    `*.${region}.twilio.com`,
    ...edges.map((edge) => `*.${edge}.${region}.twilio.com`),
  ]),
];
