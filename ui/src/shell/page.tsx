import { useId, type ReactNode } from 'react';
import classes from './page.module.css';
import { useTitle } from './title';

/** The head of a page: its name, and what can be done with all of it. */
export function PageHead({ title, text, children }: { title: string; text?: ReactNode; children?: ReactNode }) {
  useTitle(title);
  return (
    <header className={classes.head} role="none">
      <h1>{title}</h1>
      {children && <div className={classes.tools}>{children}</div>}
      {text && <p className={classes.text}>{text}</p>}
    </header>
  );
}

type PanelProps = { title: string; more?: ReactNode; className?: string | undefined; children: ReactNode };

/** A part of a page. */
export function Panel({ title, more, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={`${classes.panel} ${className ?? ''}`} aria-labelledby={id}>
      <div className={classes.panelHead}>
        <h2 id={id}>{title}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}
