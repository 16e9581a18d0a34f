import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin, useServers, useViewer } from '../account/use-account';
import { useAnswer } from '../live/answer';
import { connection } from '../live/socket';
import { useStore } from '../live/store';
import { PageHead, Panel } from '../shell/page';
import { Failed, Loading } from '../shell/states';
import { useFormat } from '../strings/format';
import { AboutDocument } from './about.generated';
import { Jobs } from './jobs';
import classes from './about.module.css';
import { useReadiness } from './readiness';
import { ReleasesDocument } from './release.generated';

/** Whether everything that is needed is there, and which versions it has. */
export function AboutPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, failure, again } = useAnswer(AboutDocument, {});
  const [readiness, ask] = useReadiness();
  const line = useStore(connection, (now) => now.state);
  const live = useServers();
  const isAdmin = useIsAdmin();
  const days = useViewer().timeZone;
  // Of plex.tv, which may be slow or away: what is known without it does not wait.
  const releases = useAnswer(ReleasesDocument, {}, !isAdmin).data?.servers ?? [];
  return (
    <>
      <PageHead title={t('nav.about')}>
        <Button
          variant="subtle"
          size="sm"
          radius="xl"
          leftSection={<IconRefresh size={17} stroke={1.7} aria-hidden />}
          onClick={() => {
            again();
            ask();
          }}
        >
          {t('about.again')}
        </Button>
      </PageHead>
      <div className={classes.grid}>
        <Panel title={t('about.health')}>
          <ul className={classes.parts}>
            <Part name={t('about.line')} good={line === 'open'} text={t(line === 'open' ? 'about.there' : 'line.lost')} />
            {readiness.state === 'told' &&
              readiness.parts.map(([name, there]) => <Part key={name} name={name in PARTS ? t(`about.part.${name as keyof typeof PARTS}`) : name} good={there} text={t(there ? 'about.there' : 'about.missing')} />)}
            {readiness.state === 'away' && <Part name={t('about.service')} good={false} text={t('problem.service')} />}
          </ul>
          {readiness.state === 'asking' && <Loading lines={2} />}
        </Panel>
        {failure && !data ? (
          <Failed code={failure} again={again} />
        ) : !data ? (
          <Loading lines={6} />
        ) : (
          <>
            <Panel title={t('about.service')}>
              <dl className={`${classes.facts} numbers`}>
                <Fact name={t('about.version')} value={data.service.version} />
                <Fact name={t('about.plays')} value={format.number(data.plays.totalCount ?? 0)} />
                <Fact name={t('about.time')} value={format.total(data.plays.totalDuration ?? 0)} />
                {data.oldest.nodes[0] && <Fact name={t('about.oldest')} value={format.stamp(data.oldest.nodes[0].date)} />}
                {data.plays.nodes[0] && <Fact name={t('about.newest')} value={format.stamp(data.plays.nodes[0].date)} />}
                <Fact name={t('about.zone')} value={Intl.DateTimeFormat().resolvedOptions().timeZone} />
                <Fact name={t('about.days')} value={days} />
              </dl>
            </Panel>
            {data.servers.map((server) => {
              const { link } = live.find(({ id }) => id === server.id) ?? server;
              const release = releases.find(({ id }) => id === server.id)?.release;
              return (
                <Panel key={server.id} title={server.name}>
                  <ul className={classes.parts}>
                    <Part name={t(`server.state.${link.state}`)} good={link.state === 'LIVE'} text={link.problem ?? t(`server.says.${link.state}`)} />
                  </ul>
                  <dl className={`${classes.facts} numbers`}>
                    {server.version && <Fact name={t('about.version')} value={server.version} />}
                    {isAdmin && <Fact name={t('about.newestVersion')} value={!release ? '–' : release.newer ? t('about.newer', { version: release.version }) : t('about.upToDate')} />}
                    {server.platform && <Fact name={t('facet.platform')} value={server.platform} />}
                    {link.since && <Fact name={t('about.since')} value={format.stamp(link.since)} />}
                    {server.url && <Fact name={t('facet.address')} value={server.url} />}
                    {server.machineId && <Fact name={t('about.machine')} value={server.machineId} />}
                    <Fact name={t('about.followed')} value={format.stamp(server.createdAt)} />
                    <Fact name={t('about.skipped')} value={format.number(server.link.skipped)} />
                    <Fact name="Plex Pass" value={t(server.plexPass ? 'about.yes' : 'about.no')} />
                  </dl>
                  {release?.newer && <Notes added={release.added} fixed={release.fixed} />}
                </Panel>
              );
            })}
            {isAdmin && <Jobs />}
          </>
        )}
      </div>
    </>
  );
}

const PARTS = { database: true, collector: true, migrations: true };

function Part({ name, good, text }: { name: string; good: boolean; text: string }) {
  const Icon = good ? IconCircleCheck : IconCircleX;
  return (
    <li data-good={good}>
      <Icon size={20} stroke={1.7} aria-hidden />
      <span>
        <b>{name}</b>
        <span>{text}</span>
      </span>
    </li>
  );
}

/** What a version brings, a line for each thing. */
function Notes({ added, fixed }: { added?: string | null; fixed?: string | null }) {
  const { t } = useTranslation();
  const parts = [
    [t('about.notes.added'), added],
    [t('about.notes.fixed'), fixed],
  ] as const;
  if (!added && !fixed) return null;
  return (
    <details className={classes.notes}>
      <summary>{t('about.notes.heading')}</summary>
      {parts.map(([name, text]) =>
        text ? (
          <section key={name}>
            <h3>{name}</h3>
            <ul>
              {text.split(/\r?\n/).filter(Boolean).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        ) : null,
      )}
    </details>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
