import classes from './where.module.css';

/** Where that is found which a field asks for, for whoever does not know. */
export function Where({ title, text }: { title: string; text: string }) {
  return (
    <details className={classes.where}>
      <summary>{title}</summary>
      <p>{text}</p>
    </details>
  );
}
