import { Button as FluentButton, mergeClasses } from "@fluentui/react-components";
import { defined } from "./defined.ts";
import type { ComponentType, KeyboardEvent, ReactNode } from "react";

export type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** main: the one next step. plain: all others. quiet: without a frame. danger: it shuts or removes. */
  readonly kind?: "main" | "plain" | "quiet" | "danger";
  readonly icon?: ComponentType<{ readonly "aria-hidden"?: boolean }>;
  readonly disabled?: boolean;
  /** Its name for those who hear it, where the words on it are not enough. */
  readonly name?: string;
  readonly describedBy?: string;
  readonly pressed?: boolean;
  /** Of a button that shows and hides something. */
  readonly expanded?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
};

const appearances = { main: "primary", plain: "secondary", quiet: "subtle", danger: "secondary" } as const;

/** A button with words. Disabled ones keep their place in the tab order, so that their reason can be heard. */
export function Button({ children, onPress, kind = "plain", icon: Icon, ...rest }: ButtonProps) {
  const optional = defined({
    icon: Icon === undefined ? undefined : <Icon aria-hidden />,
    onKeyDown: rest.onKeyDown,
    "aria-label": rest.name,
    "aria-describedby": rest.describedBy,
    "aria-pressed": rest.pressed,
    "aria-expanded": rest.expanded,
  });
  return (
    <FluentButton
      as="button"
      type="button"
      appearance={appearances[kind]}
      className={mergeClasses("button", kind === "danger" && "button-danger")}
      disabledFocusable={rest.disabled ?? false}
      onClick={(event) => {
        // The second half of a double click is no step of its own: another button may stand there by then.
        if (kind !== "main" || event.detail < 2) onPress();
      }}
      {...optional}
    >
      {children}
    </FluentButton>
  );
}
