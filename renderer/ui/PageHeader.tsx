import type { ReactNode } from "react";

type PageHeaderProps = {
  readonly title: string;
  /** One line under the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
};

/** The head of a screen; its title takes the focus when the screen is gone to. */
export function PageHeader({ title, note, actions }: PageHeaderProps) {
  return (
    <header className="page-header">
      <div>
        <h1 tabIndex={-1} id="page-title">
          {title}
        </h1>
        {note !== undefined && <p className="soft">{note}</p>}
      </div>
      {actions !== undefined && <div className="actions">{actions}</div>}
    </header>
  );
}
