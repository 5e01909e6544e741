/* The console's time on the page. A page's own clock may be wrong; ages and times left are the console's. */

let ahead = 0;

/** How far the console's clock is ahead of this page's (ms), as the newest snapshot told. */
export function setConsoleAhead(milliseconds: number): void {
  ahead = milliseconds;
}

/** The console's time in ms since 1970. */
export function consoleNow(): number {
  return Date.now() + ahead;
}
