import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { Button, Drawer, Loader } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useIsAdmin } from '../account/use-account';
import { publicAddressOf, Whereabouts } from '../geography/whereabouts';
import { codeOf } from '../live/client';
import { useProblem } from '../shell/problem';
import { Face } from '../streams/avatar';
import { Delivery } from '../streams/delivery';
import type { LiveSession } from '../streams/live';
import { nameOf } from '../streams/order';
import { PlaceLine, PlayerLine } from '../streams/place';
import { Progress } from '../streams/progress';
import { useTitleLines } from '../streams/title-lines';
import { asText, NOTHING, useSections, type Section } from './sections';
import { SessionDetailsDocument } from './details.generated';
import classes from './drawer.module.css';
import { Timeline } from './timeline';

type Props = { id: string; session: LiveSession | undefined; onClose: () => void };

/** Everything that is known of one stream, in a drawer that has an address of its own. */
export function Details({ id, session, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened onClose={onClose} size={560}>
      <Drawer.Overlay />
      <Drawer.Content className={classes.content}>
        {/* No landmark: the page has a banner already. */}
        <Drawer.Header role="none">
          <Drawer.Title className={classes.heading}>{t('details.heading')}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('details.close')} />
        </Drawer.Header>
        <Drawer.Body>
          {session ? <Known session={session} key={id} /> : <Gone onClose={onClose} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Gone({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.gone} role="status">
      <h3>{t('details.gone')}</h3>
      <p>{t('details.goneText')}</p>
      <Button variant="default" onClick={onClose}>
        {t('details.close')}
      </Button>
    </div>
  );
}

function Known({ session }: { session: LiveSession }) {
  const { t } = useTranslation();
  const explain = useProblem();
  const isAdmin = useIsAdmin();
  const address = isAdmin ? publicAddressOf(session.player) : null;
  const [{ data, error, fetching }, ask] = useQuery({ query: SessionDetailsDocument, variables: { id: session.id } });
  const { state, bufferCount, stream } = session;
  const asked = useRef(false);
  useEffect(() => {
    // The facts change with the stream, and an entry written before the timeline was followed would be missing.
    if (asked.current) ask();
    asked.current = true;
  }, [ask, state, bufferCount, stream.decision, stream.qualityProfile]);
  const { first, second, meta } = useTitleLines(session.item);
  const sections = useSections(session, data?.session ?? null, isAdmin);
  return (
    <div className={classes.body}>
      <div>
        <h3 className={classes.title}>{first}</h3>
        {second && <p>{second}</p>}
        {meta && <p className={classes.quiet}>{meta}</p>}
        <p className={classes.who}>
          <Face name={nameOf(session)} source={session.user?.avatarUrl} size={24} />
          <b>{session.user ? <Link to="/users/$id" params={{ id: session.user.id }}>{nameOf(session)}</Link> : nameOf(session) || t('card.unknownUser')}</b>
        </p>
      </div>
      <Progress session={session} stale={false} />
      <Delivery session={session} />
      <div className={classes.place}>
        <PlayerLine player={session.player} />
        <PlaceLine player={session.player} withAddress={isAdmin} />
      </div>
      {fetching && !data && <Loader size="sm" color="var(--ink-2)" />}
      {error && (
        <p role="alert" className={classes.problem}>
          {explain(codeOf(error))}
        </p>
      )}
      {address && (
        <section>
          <h4 className={classes.sub}>{t('details.where')}</h4>
          <Whereabouts address={address} />
        </section>
      )}
      {data?.session && <Timeline id={session.id} first={data.session.events} />}
      <CopyButton text={asText([first, second, meta], sections)} />
      {sections.map((section) => (
        <Facts key={section.title} section={section} />
      ))}
    </div>
  );
}

function Facts({ section }: { section: Section }) {
  return (
    <section>
      <h4 className={classes.sub}>{section.title}</h4>
      <dl className={classes.facts}>
        {section.facts.map(({ name, value, was }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="numbers">
              {was && was !== NOTHING && <span className={classes.quiet}>{was} → </span>}
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    setCopied(await write(text));
    setTimeout(() => setCopied(false), 2500);
  };
  return (
    <div role="status">
      <Button
        size="sm"
        variant="default"
        leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        onClick={() => void copy()}
      >
        {t(copied ? 'details.copied' : 'details.copy')}
      </Button>
    </div>
  );
}

/** Plain http has no clipboard interface, and that is how most people reach a service at home. */
async function write(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  (document.querySelector('[role="dialog"]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
