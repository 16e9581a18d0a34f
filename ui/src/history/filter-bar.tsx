import { Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChevronDown, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { chipsOf, NONE_SEEN, useFacets, type Facet, type Seen } from './facets';
import { FacetList } from './facet-list';
import { dayOf } from '../account/calendar';
import { readFilter, toggled, weigh, type Filter } from './filter';
import classes from './filters.module.css';
import { useSpanText } from './span';
import type { SheetView } from './filter-sheet';
import { SpanChoice } from './span-choice';

const Sheet = lazy(() => import('./filter-sheet').then((module) => ({ default: module.FilterSheet })));

type Props = {
  filter: Filter;
  onChange: (filter: Filter) => void;
  seen?: Seen;
  /** The name of the one item that is looked at. */
  item?: string | null;
  withText?: boolean;
  /** What else a narrow screen has in the sheet, and how the sheet is called then. */
  view?: SheetView | undefined;
};

/** What is looked for: written text, a list for each part, and what is chosen as chips that can be taken off. */
export function FilterBar({ filter, onChange, seen = NONE_SEEN, item = null, withText = true, view }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const [sheet, setSheet] = useState(false);
  const isAdmin = useIsAdmin();
  const facets = useFacets(seen, sheet || open === 'platform', isAdmin);
  const spanText = useSpanText();
  const today = dayOf();
  const weight = weigh(filter);
  const words = { q: t('facet.text'), span: t('facet.when'), item: t('facet.item') };
  const chips = chipsOf(filter, facets, spanText(filter), item, words);
  const props = { filter, facets, today, onChange };
  return (
    <div className={classes.bar} data-brief={!withText || undefined}>
      <div className={classes.line}>
        {withText && <TextField key={filter.q ?? ''} value={filter.q ?? ''} onChange={(q) => onChange(readFilter({ ...filter, q }))} />}
        <div className={classes.pills}>
          <Pill name="when" title={t('facet.when')} active={!!spanText(filter)} open={open} onOpen={setOpen}>
            <SpanChoice span={filter} today={today} onChange={(span) => onChange(readFilter({ ...filter, ...span }))} />
          </Pill>
          {facets.map((facet) => (
            <FacetPill key={facet.name} facet={facet} open={open} onOpen={setOpen} filter={filter} onChange={onChange} />
          ))}
        </div>
        <button type="button" className={classes.sheetButton} onClick={() => setSheet(true)}>
          <IconAdjustmentsHorizontal size={18} stroke={1.7} aria-hidden />
          {view?.title ?? t('facet.filters')}
          {weight > 0 && <b className="numbers">{weight}</b>}
        </button>
      </div>
      {chips.length > 0 && (
        <ul className={classes.chips} aria-label={t('facet.chosen')}>
          {chips.map((chip) => (
            <li key={chip.key}>
              <button type="button" onClick={() => onChange(readFilter(chip.without))} aria-label={t('facet.remove', { name: chip.title, value: chip.text })}>
                <span className={classes.quiet}>{chip.title}</span> {chip.text}
                <IconX size={14} stroke={2} aria-hidden />
              </button>
            </li>
          ))}
          <li>
            <button type="button" className={classes.clear} onClick={() => onChange({})}>
              {t('facet.clear')}
            </button>
          </li>
        </ul>
      )}
      {sheet && (
        <Suspense fallback={null}>
          <Sheet {...props} view={view} onClose={() => setSheet(false)} />
        </Suspense>
      )}
    </div>
  );
}

const PAUSE = 350;

function TextField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]');
      if (event.key !== '/' || inField || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      clearTimeout(timer.current);
    };
  }, []);
  return (
    <label className={classes.text}>
      <IconSearch size={17} stroke={1.8} aria-hidden />
      <span className="unseen">{t('facet.text')}</span>
      <input
        ref={field}
        type="search"
        defaultValue={value}
        placeholder={t('facet.textHint')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const text = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onChange(text), PAUSE);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          clearTimeout(timer.current);
          onChange(event.currentTarget.value);
        }}
      />
    </label>
  );
}

type PillProps = { name: string; title: string; active: boolean; open: string | null; onOpen: (name: string | null) => void; children: ReactNode };

function Pill({ name, title, active, open, onOpen, children }: PillProps) {
  const isOpen = open === name;
  return (
    <Popover opened={isOpen} onChange={(now) => onOpen(now ? name : null)} position="bottom-start" shadow="md" radius="lg" width={290} trapFocus>
      <Popover.Target>
        <button type="button" className={classes.pill} data-active={active || undefined} onClick={() => onOpen(isOpen ? null : name)}>
          {title}
          <IconChevronDown size={15} stroke={1.8} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ''}>{isOpen && children}</Popover.Dropdown>
    </Popover>
  );
}

type FacetPillProps = { facet: Facet; filter: Filter; open: string | null; onOpen: (name: string | null) => void; onChange: (filter: Filter) => void };

function FacetPill({ facet, filter, open, onOpen, onChange }: FacetPillProps) {
  const chosen = filter[facet.name] ?? [];
  return (
    <Pill name={facet.name} title={facet.title} active={chosen.length > 0} open={open} onOpen={onOpen}>
      <FacetList facet={facet} chosen={chosen} onToggle={(value) => onChange(toggled(filter, facet.name, value))} />
    </Pill>
  );
}
