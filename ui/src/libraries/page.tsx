import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { useAnswer } from '../live/answer';
import { Listing, type Entry } from '../profile/listing';
import { Refresh } from '../profile/refresh';
import { Answered } from '../profile/states';
import { PageHead } from '../shell/page';
import { LibraryIcon, useHoldings } from './holdings';
import { LibrariesPageDocument, RefreshLibrariesDocument, type LibrariesPageQuery } from './libraries.generated';
import { hasContent } from './parts';

/** The libraries of all servers: what they hold and how much they are used. */
export function LibrariesPage() {
  const { t } = useTranslation();
  const answer = useAnswer(LibrariesPageDocument, {});
  const refresh = <Refresh document={RefreshLibrariesDocument} told={({ refreshLibraries }) => refreshLibraries} onDone={answer.again} />;
  return (
    <Answered
      answer={answer}
      head={<PageHead title={t('nav.libraries')}>{refresh}</PageHead>}
      none={{ title: t('libraries.none'), text: t('libraries.noneText') }}
      isEmpty={({ libraries }) => libraries.length === 0}
    >
      {(data) => <Known data={data} tools={refresh} />}
    </Answered>
  );
}

function Known({ data, tools }: { data: LibrariesPageQuery; tools: ReactNode }) {
  const { t } = useTranslation();
  const holdings = useHoldings();
  const servers = useServers();
  const entries = useMemo(() => {
    const counted = new Map(data.statistics.libraries.flatMap((row) => (row.library ? [[row.library.id, row] as const] : [])));
    return data.libraries.map((library): Entry => {
      const held = holdings(library);
      const marks = [servers.length > 1 && library.server?.name, !library.isActive && t('facet.former')].filter(Boolean);
      return {
        id: library.id,
        name: library.name,
        words: [servers.length > 1 ? library.server?.name : null],
        sign: <LibraryIcon kind={library.kind} size={26} />,
        link: (
          <Link to="/libraries/$id" params={{ id: library.id }}>
            {library.name}
          </Link>
        ),
        line: (
          <>
            {hasContent(library) ? (
              <Link to="/libraries/$id" params={{ id: library.id }} search={{ tab: 'content' }}>
                {held}
              </Link>
            ) : (
              held
            )}
            {marks.length > 0 && ` · ${marks.join(' · ')}`}
          </>
        ),
        former: !library.isActive,
        hidden: library.deleted,
        size: library.holding?.size,
        counted: counted.get(library.id),
        filter: { library: [library.id] },
      };
    });
  }, [data, holdings, servers, t]);
  return <Listing title={t('nav.libraries')} column={t('facet.library')} present={t('libraries.onServer')} from="/home/libraries" order="plays" tools={tools} entries={entries} />;
}
