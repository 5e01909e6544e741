import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import type { ReactNode } from "react";

type PageDialogProps = {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the safe one last in the tab order when the act is destructive. */
  readonly actions: ReactNode;
  readonly onClose: () => void;
  readonly wide?: boolean;
};

/** A modal question or message. Escape closes it. */
export function PageDialog({ title, children, actions, onClose, wide }: PageDialogProps) {
  return (
    <Dialog open onOpenChange={(_event, data) => (data.open ? undefined : onClose())}>
      <DialogSurface className={wide === true ? "dialog-wide" : "dialog"}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className="stack">{children}</DialogContent>
          <DialogActions>{actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
