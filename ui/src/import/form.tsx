import '@mantine/core/styles/Input.css';
import { Button, TextInput } from '@mantine/core';
import { IconDatabase, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { client, codeOf } from '../live/client';
import { useProblem } from '../shell/problem';
import { Segmented } from '../shell/segmented';
import { useFormat } from '../strings/format';
import { ImportDatabaseDocument, type ImportStateFragment } from './import.generated';
import classes from './import.module.css';
import { ended } from './progress';
import { upload, UploadFailed } from './upload';

type Props = { hasServer: boolean; onPreview: (found: ImportStateFragment) => void; onStarted: (id: string) => void };
type Busy = { what: 'upload'; share: number } | { what: 'preview' | 'start' } | null;

/** Which file, and how; first what would come of it, then for real. */
export function Form({ hasServer, onPreview, onStarted }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const field = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController>(undefined);
  const [way, setWay] = useState<'upload' | 'path'>('upload');
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<{ file: File; path: string } | null>(null);
  const [path, setPath] = useState('');
  const [mode, setMode] = useState<'MERGE' | 'OVERWRITE'>('MERGE');
  const [recomputeGroups, setRecompute] = useState(false);
  const [busy, setBusy] = useState<Busy>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const chosen = way === 'upload' ? file : path.trim();
  const key = JSON.stringify([way, way === 'upload' ? [file?.name, file?.size, file?.lastModified] : path, mode, recomputeGroups]);
  const previewed = looked === key;

  const pathOf = async (): Promise<string> => {
    if (way === 'path') return path.trim();
    if (!file) return '';
    if (sent?.file === file) return sent.path;
    stop.current = new AbortController();
    setBusy({ what: 'upload', share: 0 });
    const where = await upload(file, (share) => setBusy({ what: 'upload', share }), stop.current.signal);
    setSent({ file, path: where });
    return where;
  };
  const go = async (dryRun: boolean) => {
    setProblem(null);
    try {
      const where = await pathOf();
      setBusy({ what: dryRun ? 'preview' : 'start' });
      const { data, error } = await client.mutation(ImportDatabaseDocument, { input: { path: where, dryRun, mode, recomputeGroups, wait: false } }).toPromise();
      const payload = data?.importDatabase;
      if (!payload?.import || payload.problem) setProblem(payload?.problem?.message ?? explain(codeOf(error)));
      else if (dryRun) {
        const found = await ended(payload.import, onPreview);
        if (found.state === 'DONE') setLooked(key);
      } else if (payload.import.id) onStarted(payload.import.id);
    } catch (failure) {
      if (failure instanceof UploadFailed) setProblem(failure.message || explain('UNREACHABLE'));
      else if (!(failure instanceof DOMException && failure.name === 'AbortError')) throw failure;
    } finally {
      setBusy(null);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) void go(!previewed);
  };

  if (!hasServer) {
    return (
      <div className={classes.form}>
        <p>{t('import.noServer')}</p>
        <Button component={Link} to="/setup">
          {t('activity.connect')}
        </Button>
      </div>
    );
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <Segmented
        label={t('import.where')}
        value={way}
        options={[
          { value: 'upload', text: t('import.upload') },
          { value: 'path', text: t('import.path') },
        ]}
        onChange={setWay}
      />
      {way === 'upload' ? (
        <div
          className={classes.drop}
          role="group"
          aria-label={t('import.drop')}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            setFile(event.dataTransfer.files[0] ?? null);
          }}
        >
          <IconDatabase size={30} stroke={1.3} aria-hidden />
          {file ? (
            <p>
              <b>{file.name}</b>, {format.size(file.size)}
            </p>
          ) : (
            <p className={classes.quiet}>{t('import.drop')}</p>
          )}
          <Button variant="default" size="sm" leftSection={<IconUpload size={16} stroke={1.7} aria-hidden />} onClick={() => field.current?.click()}>
            {t(file ? 'import.other' : 'import.file')}
          </Button>
          <input ref={field} type="file" className="unseen" tabIndex={-1} aria-label={t('import.file')} onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
        </div>
      ) : (
        <TextInput label={t('import.pathLabel')} description={t('import.pathHint')} value={path} onChange={(event) => setPath(event.currentTarget.value)} placeholder="imports/tautulli.db" />
      )}
      <fieldset className={classes.options}>
        <legend>{t('import.mode')}</legend>
        {(['MERGE', 'OVERWRITE'] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="mode" checked={mode === one} onChange={() => setMode(one)} />
            <span>
              <b>{t(`import.modes.${one}`)}</b>
              <span className={classes.quiet}>{t(`import.modeText.${one}`)}</span>
            </span>
          </label>
        ))}
        <label>
          <input type="checkbox" checked={recomputeGroups} onChange={(event) => setRecompute(event.currentTarget.checked)} />
          <span>
            <b>{t('import.regroup')}</b>
            <span className={classes.quiet}>{t('import.regroupText')}</span>
          </span>
        </label>
      </fieldset>
      {busy?.what === 'upload' && (
        <div className={classes.progress}>
          <progress value={busy.share} max={1} aria-label={t('import.uploading')} />
          <span className="numbers">{t('import.uploaded', { percent: format.number(busy.share * 100, 0) })}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => stop.current?.abort()}>
            {t('import.cancel')}
          </Button>
        </div>
      )}
      {problem && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="button" variant={previewed ? 'default' : 'filled'} disabled={!chosen || !!busy} loading={busy?.what === 'preview'} onClick={() => void go(true)}>
          {t('import.preview')}
        </Button>
        <Button type="button" variant={previewed ? 'filled' : 'default'} color={previewed && mode === 'OVERWRITE' ? 'danger' : undefined} disabled={!previewed || !!busy} loading={busy?.what === 'start'} onClick={() => void go(false)}>
          {t('import.start')}
        </Button>
      </div>
      {!previewed && <p className={classes.quiet}>{t('import.previewFirst')}</p>}
    </form>
  );
}
