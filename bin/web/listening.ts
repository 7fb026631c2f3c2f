/** What the web server writes to its log once its port is its own. */
export const listeningOn = (port: number): string => `Listening on port ${port}`;
