import { createContext, useContext, type ReactNode } from 'react';
import { Mark } from './mark';
import classes from './plain.module.css';

/** Whether what is drawn stands in the main part of a frame already. */
export const Framed = createContext(false);

/** All of a page, with or without the frame of the others around it. */
export function Whole({ className, children }: { className: string | undefined; children: ReactNode }) {
  const framed = useContext(Framed);
  const Box = framed ? 'div' : 'main';
  return (
    <Box className={className} data-framed={framed || undefined}>
      {children}
    </Box>
  );
}

/** A page that has nothing but something to say. */
export function Plain({ title, actions, children }: { title: string; actions: ReactNode; children: ReactNode }) {
  return (
    <Whole className={classes.page}>
      <Mark size={44} />
      <h1>{title}</h1>
      {children}
      <div className={classes.actions}>{actions}</div>
    </Whole>
  );
}
