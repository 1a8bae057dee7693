import type { BargeInButton } from "./index.js";

/** What is used of the official CometD client, 3.1 or later. */
export interface CometDClient {
  addListener(channel: string, callback: (message: any) => void): any;
  removeListener(listener: any): void;
  subscribe(channel: string, callback: (message: any) => void): any;
  unsubscribe(subscription: any): void;
  getClientId(): string | null | undefined;
  getStatus(): string;
  getBackoffPeriod(): number;
  isDisconnected(): boolean;
}

/**
 * Feeds an element from the page's own CometD client, whether that has connected, is connecting, or will. Sets the element's
 * `transport` to `host`; gives a function that ends it. The client is never made to handshake or to disconnect.
 */
export function attach(cometd: CometDClient, element: BargeInButton): () => void;
