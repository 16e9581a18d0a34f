import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from './mark';
import { Framed } from './plain';
import classes from './plain.module.css';

/** While a page's code or first answer is on its way. */
export function Pending() {
  const { t } = useTranslation();
  const framed = useContext(Framed);
  const Box = framed ? 'div' : 'main';
  return (
    <Box className={classes.pending} data-framed={framed || undefined}>
      <div role="status">
        <Mark />
        <h1 className="unseen">{t('app.loading')}</h1>
      </div>
    </Box>
  );
}
