/** What the desktop host prints once its page is drawn, and its starter waits for. */
export const windowOpenLine = "The console's window is open.";
