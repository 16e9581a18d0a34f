import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { useAnswer } from '../live/answer';
import { PageHead, Panel } from '../shell/page';
import { Failed, Loading } from '../shell/states';
import { useFormat } from '../strings/format';
import { Form } from './form';
import { ImportsDocument, type ImportStateFragment } from './import.generated';
import classes from './import.module.css';
import { followImport } from './progress';
import { Report } from './report';

/** Bringing another installation's history here: choose, look, let it run, compare. */
export function ImportPage() {
  const { t } = useTranslation();
  const { run } = useSearch({ from: '/home/import' });
  const navigate = useNavigate({ from: '/import' });
  const servers = useServers();
  const { data, failure, again } = useAnswer(ImportsDocument, {});
  const [preview, setPreview] = useState<ImportStateFragment | null>(null);
  const begun = useCallback((id: string) => void navigate({ search: { run: id }, replace: true }), [navigate]);
  const live = useProgress(run, begun, again);
  const place = useRef<HTMLDivElement>(null);
  const what = run ?? (preview ? 'preview' : null);
  useEffect(() => {
    // Where the columns stand below each other, what was asked for would come out of sight.
    const top = place.current?.getBoundingClientRect().top ?? 0;
    if (what && top > window.innerHeight / 2) place.current?.scrollIntoView({ block: 'start' });
  }, [what]);
  const past = data?.imports ?? [];
  const shown = run ? (live ?? past.find(({ id }) => id === run) ?? null) : preview;
  return (
    <>
      <PageHead title={t('nav.import')} text={t('import.text')} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t('import.choose')}>
            <Form
              hasServer={servers.length > 0}
              onPreview={(found) => {
                setPreview(found);
                if (run) void navigate({ search: {} });
              }}
              onStarted={(id) => {
                setPreview(null);
                void navigate({ search: { run: id } });
              }}
            />
          </Panel>
          <Past imports={past} failure={failure} again={again} run={run} asked={!!data} />
        </div>
        <div ref={place} className={classes.column}>
          {shown ? (
            <Report key={shown.id ?? 'preview'} state={shown} onChanged={again} />
          ) : (
            <Panel title={t('import.what')}>
              <ol className={classes.steps}>
                {(['find', 'preview', 'run', 'compare'] as const).map((step) => (
                  <li key={step}>{t(`import.step.${step}`)}</li>
                ))}
              </ol>
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}

/** An import as it stands; hears of every portion while it runs, and of the number that it gets once its file has been checked. */
function useProgress(run: string | undefined, onBegun: (id: string) => void, onEnd: () => void): ImportStateFragment | null {
  const [known, setKnown] = useState<{ run: string; state: ImportStateFragment } | null>(null);
  useEffect(() => {
    if (!run) return;
    return followImport(run, (told) => {
      setKnown({ run, state: told });
      if (told.id && told.id !== run) onBegun(told.id);
      if (told.state !== 'RUNNING') onEnd();
    });
  }, [run, onBegun, onEnd]);
  return known && (known.run === run || known.state.id === run) ? known.state : null;
}

type PastProps = { imports: readonly ImportStateFragment[]; failure: string | undefined; again: () => void; run: string | undefined; asked: boolean };

function Past({ imports, failure, again, run, asked }: PastProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate({ from: '/import' });
  return (
    <Panel title={t('import.past')}>
      {failure && !asked ? (
        <Failed code={failure} again={again} />
      ) : !asked ? (
        <Loading lines={2} />
      ) : imports.length === 0 ? (
        <p className={classes.quiet}>{t('import.none')}</p>
      ) : (
        <ul className={classes.past}>
          {imports.map(({ id, state, startedAt, report }) => (
            <li key={id}>
              <button type="button" aria-pressed={id === run} onClick={() => id && void navigate({ search: { run: id } })}>
                <b>{report.fileName}</b>
                <span className={classes.quiet}>{startedAt && format.stamp(startedAt)}</span>
                <span className={classes.state} data-state={state}>
                  {t(`import.state.${state}`)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
