import { useTranslation } from 'react-i18next';
import { Mark } from './mark';
import classes from './plain.module.css';

/** While a page's code or first answer is on its way. */
export function Pending() {
  const { t } = useTranslation();
  return (
    <div className={classes.pending} role="status">
      <Mark />
      <span className="unseen">{t('app.loading')}</span>
    </div>
  );
}
