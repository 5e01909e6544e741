import { EventEmitter } from "node:events";
import { MessageChannel } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";

/** One call that the program under test made of Electron: `what` is dotted, such as `app.enableSandbox`. */
export type ElectronCall = { readonly what: string; readonly with: readonly unknown[] };

/** A stand-in for `electron` that records each call and lets a test raise Electron's events. */
export type FakeElectron = {
  /** What `import … from "electron"` gives. */
  readonly electron: Readonly<Record<string, unknown>> & {
    readonly app: EventEmitter & { readonly quit: () => void };
    readonly ipcMain: EventEmitter;
  };
  readonly calls: readonly ElectronCall[];
  readonly windows: readonly FakeWindow[];
  readonly becomeReady: () => void;
  /** Resolves when the program was let go. */
  readonly quit: Promise<void>;
};

type FakeWindow = EventEmitter & {
  readonly webContents: EventEmitter & { readonly mainFrame: { url: string } };
};

/** `isFirstInstance` is what the single-instance lock answers. */
export function fakeElectron(options: { readonly isFirstInstance: boolean }): FakeElectron {
  const calls: ElectronCall[] = [];
  const recorder =
    (what: string, answer?: unknown) =>
    (...given: readonly unknown[]): unknown => {
      calls.push({ what, with: given });
      return answer;
    };
  const ready = Promise.withResolvers<void>();
  const quit = Promise.withResolvers<void>();

  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    setPath: recorder("app.setPath"),
    enableSandbox: recorder("app.enableSandbox"),
    requestSingleInstanceLock: recorder("app.requestSingleInstanceLock", options.isFirstInstance),
    whenReady: () => ready.promise,
    exit: recorder("app.exit"),
    quit: () => {
      calls.push({ what: "app.quit", with: [] });
      const event = { prevented: false, preventDefault: () => (event.prevented = true) };
      app.emit("before-quit", event);
      if (!event.prevented) quit.resolve();
    },
  });
  const defaultSession = {
    setPermissionRequestHandler: recorder("session.setPermissionRequestHandler"),
    setPermissionCheckHandler: recorder("session.setPermissionCheckHandler"),
    setDevicePermissionHandler: recorder("session.setDevicePermissionHandler"),
    setDisplayMediaRequestHandler: recorder("session.setDisplayMediaRequestHandler"),
    webRequest: { onBeforeRequest: recorder("session.webRequest.onBeforeRequest") },
  };
  const windows: FakeWindow[] = [];
  class BrowserWindow extends EventEmitter {
    readonly webContents = Object.assign(new EventEmitter(), {
      mainFrame: { url: "app://console/", postMessage: recorder("mainFrame.postMessage") },
      setWindowOpenHandler: recorder("webContents.setWindowOpenHandler"),
    });
    readonly show = recorder("window.show");
    readonly focus = recorder("window.focus");
    readonly restore = recorder("window.restore");
    readonly isMinimized = (): boolean => true;
    readonly loadURL = recorder("window.loadURL", Promise.resolve());

    constructor(settings: unknown) {
      super();
      calls.push({ what: "new BrowserWindow", with: [settings] });
      windows.push(this);
      app.emit("web-contents-created", {}, this.webContents);
    }

    static getAllWindows(): readonly FakeWindow[] {
      return windows;
    }
  }
  class MessageChannelMain {
    readonly port1: FakePort;
    readonly port2: FakePort;

    constructor() {
      const { port1, port2 } = new MessageChannel();
      this.port1 = fakePort(port1);
      this.port2 = fakePort(port2);
    }
  }
  const electron = {
    app,
    BrowserWindow,
    MessageChannelMain,
    ipcMain: new EventEmitter(),
    protocol: {
      registerSchemesAsPrivileged: recorder("protocol.registerSchemesAsPrivileged"),
      handle: recorder("protocol.handle"),
    },
    session: { defaultSession },
  };
  return { electron, calls, windows, becomeReady: ready.resolve, quit: quit.promise };
}

type FakePort = ReturnType<typeof fakePort>;

/** A worker's port, behaving as MessagePortMain does: a message comes as an event with `data`. */
export function fakePort(port: MessagePort) {
  return {
    on: (event: "message" | "close", listener: (given: { readonly data: unknown }) => void): void => {
      port.on(event, (data: unknown) => listener({ data }));
    },
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  };
}
