import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './cards.module.css';

/** How a number differs from the time before; said in words too, since an arrow alone is read by nobody. */
export function Change({ by, text }: { by: number; text: string }) {
  const { t } = useTranslation();
  const Arrow = by >= 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <span className={classes.change} title={t('home.against')}>
      <Arrow size={14} stroke={2} aria-hidden />
      {text}
      <span className="unseen"> {t(by > 0 ? 'home.more' : 'home.less')}</span>
    </span>
  );
}
