import { createContext, useContext, type ReactNode } from 'react';
import { Mark } from './mark';
import classes from './plain.module.css';

/** Whether what is drawn stands in the main part of a frame already. */
export const Framed = createContext(false);

/** A page that has nothing but something to say, with or without the frame of the others around it. */
export function Plain({ title, actions, children }: { title: string; actions: ReactNode; children: ReactNode }) {
  const framed = useContext(Framed);
  const Box = framed ? 'div' : 'main';
  return (
    <Box className={classes.page} data-framed={framed || undefined}>
      <Mark size={44} />
      <h1>{title}</h1>
      {children}
      <div className={classes.actions}>{actions}</div>
    </Box>
  );
}
