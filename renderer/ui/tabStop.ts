/**
 * A scrolled region, and a time that says more on focus, have to be reachable by keyboard ([WCAG] 2.1.1, 1.4.13),
 * though neither is a control.
 */
export const tabStop = { tabIndex: 0 } as const;
