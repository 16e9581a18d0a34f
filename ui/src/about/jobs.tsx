import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useServers } from '../account/use-account';
import { useAnswer } from '../live/answer';
import { codeOf } from '../live/client';
import { useNow } from '../live/clock';
import { Panel } from '../shell/page';
import { useProblem } from '../shell/problem';
import { Failed, Loading } from '../shell/states';
import { useFormat } from '../strings/format';
import { JobsDocument, RunJobDocument, type JobsQuery } from './jobs.generated';
import classes from './about.module.css';

type Job = JobsQuery['jobs'][number];

/** While something runs, how it goes is asked again after this. */
const PAUSE = 1_000;
/** What was wanted shows within this many questions, or never. */
const TRIES = 10;

const keyOf = (job: Job) => `${job.kind} ${job.server?.id ?? ''}`;

/** What the service does again and again, how it went, and when it is done next. */
export function Jobs() {
  const { t } = useTranslation();
  const explain = useProblem();
  const { data, failure, again } = useAnswer(JobsDocument, {});
  const [, run] = useMutation(RunJobDocument);
  const [problem, setProblem] = useState<string | null>(null);
  // How many times more it is asked, and for how long the last answer has been looked at.
  const [tries, setTries] = useState(0);
  const runs = !!data?.jobs.some(({ isRunning }) => isRunning);
  useEffect(() => {
    if (!runs && tries === 0) return;
    const timer = setTimeout(() => {
      setTries((left) => Math.max(0, left - 1));
      again();
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [runs, tries, again, data]);

  const start = async (job: Job) => {
    setProblem(null);
    const { data: told, error } = await run({ kind: job.kind, serverId: job.server?.id ?? null });
    const why = told?.runJob.problem?.message ?? (error && explain(codeOf(error)));
    if (why) setProblem(why);
    else setTries(TRIES);
  };

  return (
    <Panel title={t('about.jobs')} className={classes.wide}>
      {problem && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      {failure && !data ? (
        <Failed code={failure} again={again} />
      ) : !data ? (
        <Loading lines={5} />
      ) : (
        <ul className={classes.jobs}>
          {data.jobs.map((job) => (
            <Line key={keyOf(job)} job={job} onRun={() => void start(job)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Line({ job, onRun }: { job: Job; onRun: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const several = useServers().length > 1;
  const name = several && job.server ? t('about.jobOf', { job: t(`about.job.${job.kind}`), server: job.server.name }) : t(`about.job.${job.kind}`);
  const state = job.isRunning ? 'runs' : job.failure ? 'failed' : job.every === null ? 'off' : 'waits';
  const Icon = { runs: IconRefresh, failed: IconAlertTriangle, off: IconPlayerPause, waits: IconClock }[state];
  const last = job.endedAt && t('about.done', { ago: format.ago(job.endedAt, now) });
  const often = job.every == null ? t('about.off') : t('about.every', { length: format.length(job.every) });
  return (
    <li data-state={state}>
      <Icon size={20} stroke={1.7} aria-hidden />
      <span>
        <b>{name}</b>
        <span>{[often, job.isRunning ? t('about.runs') : !job.failure && (last ?? t('about.never'))].filter(Boolean).join(' · ')}</span>
        {!job.isRunning && job.failure && <span className={classes.failure}>{t('about.failed', { ago: job.endedAt ? format.ago(job.endedAt, now) : '', why: job.failure })}</span>}
        {!job.isRunning && job.dueAt && <span>{t('about.next', { when: format.stamp(job.dueAt) })}</span>}
      </span>
      <ActionIcon size={38} disabled={job.isRunning} aria-label={t('about.runOf', { job: name })} title={t('about.run')} onClick={onRun}>
        <IconPlayerPlay size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
    </li>
  );
}
