import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../live/clock';
import { client, codeOf } from '../live/client';
import { notify } from '../shell/notices';
import { Panel } from '../shell/page';
import { useProblem } from '../shell/problem';
import { useFormat } from '../strings/format';
import { StopImportDocument, type ImportStateFragment } from './import.generated';
import classes from './import.module.css';

type Report = ImportStateFragment['report'];

/** How an import stands; at its end, what the file has beside what is here now. */
export function Report({ state, onChanged }: { state: ImportStateFragment; onChanged: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { report } = state;
  // Before the file has been checked there is nothing to tell of it.
  const isKnown = report.rows > 0 || state.state === 'DONE';
  const title = report.dryRun ? t(`import.headPreview.${state.state}`) : t(`import.head.${state.state}`);
  return (
    <Panel title={title}>
      <div className={classes.report}>
        <p>
          <b>{report.fileName}</b>
          {report.version && <span className={classes.quiet}> {t('import.version', { version: report.version })}</span>}
        </p>
        {state.state === 'RUNNING' && <Progress state={state} onChanged={onChanged} />}
        {state.problem && (
          <p role="alert" className={classes.problem}>
            {state.problem}
          </p>
        )}
        {state.state === 'DONE' && <Verdict report={report} />}
        {(state.state === 'STOPPED' || state.state === 'FAILED') && !report.dryRun && isKnown && <p className={classes.quiet}>{t('import.goOn')}</p>}
        {isKnown && <Sums report={report} />}
        {report.removed > 0 && <p>{t('import.removed', { count: report.removed, number: format.number(report.removed) })}</p>}
        {report.notes.length > 0 && (
          <ul className={classes.notes} aria-label={t('import.notes')}>
            {report.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        {isKnown && <Tables report={report} />}
        {state.state === 'DONE' && !report.dryRun && (
          <div>
            <Button component={Link} to="/history">
              {t('import.toHistory')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Progress({ state: { id, report, startedAt }, onChanged }: { state: ImportStateFragment; onChanged: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const now = useNow();
  const [stopping, setStopping] = useState(false);
  const share = report.rows > 0 ? report.rowsRead / report.rows : 0;
  const past = startedAt ? now - Date.parse(startedAt) : 0;
  const left = share > 0.02 && past > 3000 ? (past / share) * (1 - share) : null;
  const stop = async () => {
    if (!id) return;
    setStopping(true);
    const { data, error } = await client.mutation(StopImportDocument, { id }).toPromise();
    const problem = data ? data.stopImport.problem?.message : explain(codeOf(error));
    if (problem) notify(problem, 'bad');
    setStopping(false);
    onChanged();
  };
  return (
    <div className={classes.progress}>
      <progress value={report.rows > 0 ? share : undefined} max={1} aria-label={t('import.rows')} />
      <span className="numbers" role="status">
        {report.rows > 0 ? t('import.read', { read: format.number(report.rowsRead), rows: format.number(report.rows) }) : t('import.checking')}
        {left !== null && ` · ${t('import.left', { time: left < 60_000 ? t('import.soon') : format.length(left) })}`}
      </span>
      <Button variant="default" size="compact-sm" loading={stopping} onClick={() => void stop()}>
        {t('import.stop')}
      </Button>
    </div>
  );
}

function Verdict({ report }: { report: Report }) {
  const { t } = useTranslation();
  if (report.dryRun) return <p className={classes.verdict}>{t('import.nothingWritten')}</p>;
  const Icon = report.matches ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className={classes.verdict} data-good={report.matches} role="status">
      <Icon size={20} stroke={1.7} aria-hidden />
      {t(report.matches ? 'import.matches' : 'import.differs')}
    </p>
  );
}

/** The file's sums beside those of the database. */
function Sums({ report: { source, aside, target, dryRun } }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = ['plays', 'seconds', 'users', 'items'] as const;
  const say = (name: (typeof rows)[number], value: number) => (name === 'seconds' ? format.total(value * 1000) : format.number(value));
  return (
    <div className={classes.scroll} role="region" aria-label={t('import.sums')} tabIndex={0}>
      <table className={`${classes.table} numbers`}>
        <thead>
          <tr>
            <th scope="col">{t('import.sum')}</th>
            <th scope="col">{t('import.inFile')}</th>
            <th scope="col">{t('import.setAside')}</th>
            <th scope="col">{t(dryRun ? 'import.wouldBeHere' : 'import.here')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`import.total.${name}`)}</th>
              <td>{say(name, source[name])}</td>
              <td>{aside[name] > 0 ? say(name, aside[name]) : '–'}</td>
              <td>{say(name, target[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tables({ report: { tables } }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (tables.length === 0) return null;
  return (
    <details className={classes.more}>
      <summary>{t('import.tables')}</summary>
      <div className={classes.scroll} role="region" aria-label={t('import.tables')} tabIndex={0}>
        <table className={`${classes.table} numbers`}>
          <thead>
            <tr>
              <th scope="col">{t('import.table')}</th>
              {(['read', 'written', 'known', 'repaired', 'setAside'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`import.count.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tables.map((table) => (
              <tr key={table.name}>
                <th scope="row">{table.name}</th>
                <td>{format.number(table.read)}</td>
                <td>{format.number(table.written)}</td>
                <td>{format.number(table.known)}</td>
                <td title={table.repaired.map(({ name, count }) => `${name}: ${count}`).join(', ')}>{format.number(table.repaired.reduce((sum, { count }) => sum + count, 0))}</td>
                <td>{format.number(table.aside.reduce((sum, { count }) => sum + count, 0))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Reasons tables={tables} />
    </details>
  );
}

/** What was repaired and what was left out, by its reason. */
function Reasons({ tables }: { tables: Report['tables'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = tables.flatMap((table) => [
    ...table.repaired.map((one) => ({ ...one, kind: 'repaired' as const, table: table.name })),
    ...table.aside.map((one) => ({ ...one, kind: 'setAside' as const, table: table.name })),
  ]);
  if (all.length === 0) return null;
  return (
    <ul className={classes.reasons}>
      {all.map(({ kind, table, name, count }) => (
        <li key={`${kind}-${table}-${name}`}>
          <span>{t(`import.count.${kind}`)}</span> <b>{name}</b> <span className={classes.quiet}>{table}</span>
          <span className="numbers">{format.number(count)}</span>
        </li>
      ))}
    </ul>
  );
}
