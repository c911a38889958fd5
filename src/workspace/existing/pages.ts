/**
 * The most that a page holds: https://www.twilio.com/docs/usage/twilios-response#pagination. An object of its own for each
 * list, because the client keeps its callbacks in it.
 */
export const pages = () => ({ pageSize: 1000 });
