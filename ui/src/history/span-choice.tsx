import { useTranslation } from 'react-i18next';
import classes from './filters.module.css';
import { SPANS, spanOf, type Span } from './span';

/** From when to when: a span that is often wanted, or two days. */
export function SpanChoice({ span, today, onChange }: { span: Span; today: string; onChange: (span: Span) => void }) {
  const { t } = useTranslation();
  const all = !span.days && !span.from && !span.to;
  return (
    <div className={classes.span}>
      <div className={classes.spans} role="group" aria-label={t('facet.when')}>
        {SPANS.map((name) => {
          const one = spanOf(name);
          return (
            <button key={name} type="button" aria-pressed={span.days === one.days} onClick={() => onChange(one)}>
              {t(`span.${name}`)}
            </button>
          );
        })}
        <button type="button" aria-pressed={all} onClick={() => onChange({ days: undefined, from: undefined, to: undefined })}>
          {t('span.all')}
        </button>
      </div>
      <div className={classes.days}>
        <label>
          <span>{t('span.first')}</span>
          <input
            type="date"
            max={span.to ?? today}
            value={span.from ?? ''}
            onChange={(event) => onChange({ days: undefined, from: event.currentTarget.value || undefined, to: span.to })}
          />
        </label>
        <label>
          <span>{t('span.last')}</span>
          <input
            type="date"
            min={span.from}
            max={today}
            value={span.to ?? ''}
            onChange={(event) => onChange({ days: undefined, from: span.from, to: event.currentTarget.value || undefined })}
          />
        </label>
      </div>
    </div>
  );
}
