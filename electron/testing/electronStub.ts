/** Stands in for `electron` wherever tests load a module that names it; tests put their own parts in. */
export const app = {};
export const BrowserWindow = class {};
export const ipcMain = {};
export const MessageChannelMain = class {};
export const session = {};
export const shell = {};
export const dialog = {};
export const net = {};
export const protocol = {};
export const ipcRenderer = {};
export const contextBridge = {};
