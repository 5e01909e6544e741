import type { ReactNode } from "react";
import { FailedIcon, PassedIcon, WaitingIcon, WarningIcon } from "./icons.ts";

type BannerProps = {
  readonly kind: "danger" | "warning" | "good" | "plain";
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

const icons = { danger: FailedIcon, warning: WarningIcon, good: PassedIcon, plain: WaitingIcon } as const;

/** Something that must be seen where it belongs. Danger is announced at once, the others politely. */
export function Banner({ kind, title, children, actions }: BannerProps) {
  const Icon = icons[kind];
  return (
    <div className={`banner banner-${kind}`} role={kind === "danger" ? "alert" : "status"}>
      <Icon className="banner-icon" aria-hidden />
      <div className="banner-words">
        <strong>{title}</strong>
        {children}
      </div>
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  );
}
