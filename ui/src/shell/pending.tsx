import { useTranslation } from 'react-i18next';
import { Mark } from './mark';
import { Whole } from './plain';
import classes from './plain.module.css';

/** While a page's code or first answer is on its way. */
export function Pending() {
  const { t } = useTranslation();
  return (
    <Whole className={classes.pending}>
      <div role="status">
        <Mark />
        <h1 className="unseen">{t('app.loading')}</h1>
      </div>
    </Whole>
  );
}
