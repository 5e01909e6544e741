import { ipcRenderer } from "electron";

/*
 * Hands the page a MessagePort to the console, and nothing else: no API is exposed. A port cannot cross the context
 * bridge, so it goes by a window message to our own origin. The page and main.ts know the same two words.
 */

const portWanted = "console.port.wanted";
const portGiven = "console.port.given";

window.addEventListener("message", (event) => {
  if (event.source === window && event.data === portWanted) ipcRenderer.send(portWanted);
});

ipcRenderer.on(portGiven, (event) => {
  window.postMessage(portGiven, window.location.origin, [...event.ports]);
});
