import { useTranslation } from 'react-i18next';
import classes from './skeleton.module.css';

/** The shape of the page before the first snapshot. */
export function Skeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} role="status">
      <span className="unseen">{t('app.loading')}</span>
      <div className={classes.strip} />
      <div className={classes.cards}>
        {[0, 1, 2].map((n) => (
          <div key={n} className={classes.card} />
        ))}
      </div>
    </div>
  );
}
