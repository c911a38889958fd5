/** The API, and the host that takes the files: https://www.twilio.com/docs/serverless/api */
export const apiHost = 'serverless.twilio.com';
export const uploadHost = 'serverless-upload.twilio.com';
/** What the domain of every environment ends with. */
export const domainEnding = '.twil.io';
