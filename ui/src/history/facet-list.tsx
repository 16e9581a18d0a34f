import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facet } from './facets';
import classes from './filters.module.css';

const SEARCHED_FROM = 9;

/** The values of one part to choose from; those that are not listed can be written where that makes sense. */
export function FacetList({ facet, chosen, onToggle }: { facet: Facet; chosen: readonly string[]; onToggle: (value: string) => void }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const small = wanted.trim().toLowerCase();
  const foreign = chosen.filter((value) => !facet.options.some((option) => option.value === value));
  const all = [...facet.options, ...(facet.open ? foreign.map((value) => ({ value, text: value, more: undefined })) : [])];
  const shown = small ? all.filter(({ text, more }) => `${text} ${more ?? ''}`.toLowerCase().includes(small)) : all;
  const searched = facet.open || all.length >= SEARCHED_FROM;
  const exact = all.some(({ value }) => value === wanted.trim());
  const add = (event: FormEvent) => {
    event.preventDefault();
    const value = wanted.trim();
    if (facet.open && value && !exact) onToggle(value);
    else if (shown.length === 1 && shown[0]) onToggle(shown[0].value);
    else return;
    setWanted('');
  };
  return (
    <div className={classes.facet}>
      {searched && (
        <form onSubmit={add} className={classes.wanted} role="search">
          <input
            type="text"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            placeholder={t(facet.open ? 'facet.write' : 'facet.search')}
            aria-label={t('facet.searchIn', { name: facet.title })}
            autoComplete="off"
            spellCheck={false}
          />
          {facet.open && wanted.trim() && !exact && (
            <button type="submit" aria-label={t('facet.add', { value: wanted.trim() })}>
              <IconPlus size={16} aria-hidden />
            </button>
          )}
        </form>
      )}
      <div role="group" aria-label={facet.title} className={classes.options}>
        {shown.map(({ value, text, more }) => (
          <label key={value} className={classes.option}>
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
            <span>
              {text}
              {more && <span className={classes.quiet}> {more}</span>}
            </span>
          </label>
        ))}
        {shown.length === 0 && <p className={classes.none}>{t(facet.open ? 'facet.noneOpen' : 'facet.none')}</p>}
      </div>
    </div>
  );
}
