import { Button } from '@mantine/core';
import { IconServerOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../live/answer';
import { Failed, Loading, Nothing, NoSuch, Older } from '../shell/states';

type Props<Data> = {
  answer: Answer<Data>;
  /** What is said where there is nothing: a heading and a sentence. */
  none?: { title: string; text: string } | undefined;
  isEmpty?: ((data: Data) => boolean) | undefined;
  lines?: number;
  /** Stands above as long as there is nothing else. */
  head?: ReactNode;
  children: (data: Data) => ReactNode;
};

/** An answer in whatever state it is: on its way, failed, out of date, empty, or there. */
export function Answered<Data>({ answer, none, isEmpty, lines = 6, head, children }: Props<Data>) {
  const { data, failure, again } = answer;
  const isNone = !!data && !!none && !!isEmpty?.(data);
  return (
    <>
      {(!data || isNone) && head}
      {!data ? failure ? <Away code={failure} again={again} /> : <Loading lines={lines} /> : failure && <Older code={failure} again={again} />}
      {data && (isNone ? <Nothing title={none.title} text={none.text} /> : children(data))}
    </>
  );
}

/** It could not be asked for; that the media server is away is no fault of the service. */
function Away({ code, again }: { code: string; again: () => void }) {
  const { t } = useTranslation();
  if (code !== 'UPSTREAM') return <Failed code={code} again={again} />;
  return (
    <Nothing title={t('profile.upstream')} text={t('profile.upstreamText')} icon={<IconServerOff size={30} stroke={1.4} aria-hidden />}>
      <Button variant="default" size="sm" onClick={again}>
        {t('problem.tryAgain')}
      </Button>
    </Nothing>
  );
}

type PageProps<Data, Thing> = {
  answer: Answer<Data>;
  find: (data: Data) => Thing | null;
  unknown: string;
  /** Leads to what there is instead. */
  others: ReactNode;
  children: (thing: Thing, data: Data) => ReactNode;
};

/** A page of something that has an id: unknown, or not for this viewer's eyes, or there. */
export function Page<Data, Thing>({ answer, find, unknown, others, children }: PageProps<Data, Thing>) {
  const { t } = useTranslation();
  const { data, failure } = answer;
  const found = data ? find(data) : null;
  const hidden = data ? found === null : failure === 'NOT_FOUND' || failure === 'INVALID' || failure === 'FORBIDDEN';
  if (hidden) {
    return (
      <NoSuch title={unknown} text={t('people.unknownText')}>
        {others}
      </NoSuch>
    );
  }
  return (
    <Answered answer={answer} lines={8}>
      {(shown) => (found === null ? null : children(found, shown))}
    </Answered>
  );
}
