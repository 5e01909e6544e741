import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";
import { tabStop } from "./tabStop.ts";

type PageDialogProps = {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the safe one last in the tab order when the act is destructive. */
  readonly actions: ReactNode;
  readonly onClose: () => void;
  /** For what is read: it may be higher than the page, and is scrolled by keyboard too. */
  readonly wide?: boolean;
};

/**
 * A modal question or message, on the browser's own dialog: it keeps the focus inside, closes with Escape, and gives
 * the focus back.
 */
export function PageDialog({ title, children, actions, onClose, wide }: PageDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide === true ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <div className="dialog-content" {...(wide === true ? tabStop : {})}>
        {children}
      </div>
      <div className="actions dialog-actions">{actions}</div>
    </dialog>
  );
}
