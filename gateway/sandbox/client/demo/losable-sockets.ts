/** WebSockets that a button can cut off, as a tunnel or a lift does. */
export interface LosableSockets {
  /** To be given to a client in place of the browser's own. */
  readonly WebSocket: typeof WebSocket;
  /** Cuts off what is open, and lets nothing through from now on. */
  readonly lose: () => void;
  readonly restore: () => void;
}

/** A code of applications' own (RFC 6455, section 7.4.2): a client tries again after it, as after any lost connection. */
const LOST = 4900;

/** Builds sockets of which none is lost yet. */
export function createLosableSockets(): LosableSockets {
  const open = new Set<WebSocket>();
  let isLost = false;

  class Losable extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      open.add(this);
      // Before its client hears of it.
      this.addEventListener('open', () => {
        if (isLost) this.close(LOST);
      });
      this.addEventListener('close', () => open.delete(this));
    }
  }

  return {
    WebSocket: Losable,
    lose() {
      isLost = true;
      for (const socket of open) socket.close(LOST, 'lost on purpose');
    },
    restore() {
      isLost = false;
    },
  };
}
