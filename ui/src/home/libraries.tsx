import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { LibraryIcon, useHoldings } from '../libraries/holdings';
import classes from './cards.module.css';
import { HomeLibrariesDocument } from './home.generated';

/** What is in the libraries that are on the servers now. */
export function Libraries() {
  const { t } = useTranslation();
  const holdings = useHoldings();
  const { data } = useAnswer(HomeLibrariesDocument, {});
  const libraries = data?.libraries.filter(({ isActive, deleted }) => isActive && !deleted) ?? [];
  if (libraries.length === 0) return null;
  return (
    <section className={classes.libraries} aria-label={t('nav.libraries')}>
      <h2>{t('nav.libraries')}</h2>
      <ul>
        {libraries.map((library) => (
          <li key={library.id}>
            <Link to="/libraries/$id" params={{ id: library.id }}>
              <LibraryIcon kind={library.kind} />
              <span>
                <b>{library.name}</b>
                <span className="numbers">{holdings(library)}</span>
              </span>
              <IconChevronRight size={16} stroke={1.8} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
