import { useMemo } from 'react';
import { Recent } from '../history/recent';
import { useAnswer } from '../live/answer';
import profile from '../profile/profile.module.css';
import { Viewers } from '../profile/viewers';
import { WatchTiles } from '../profile/watch-tiles';
import { SetPastDocument } from './item.generated';
import { together } from './subject';

type Props = { members: Parameters<typeof together>[0]; title: string; server: string | undefined };

/** How much the members of a collection are watched together, and by whom. */
export function SetStatistics({ members, title, server }: Props) {
  const wanted = JSON.stringify(together(members));
  const all = useMemo(() => JSON.parse(wanted) as ReturnType<typeof together>, [wanted]);
  const { data } = useAnswer(SetPastDocument, useMemo(() => ({ subject: { ratingKeys: all?.keys ?? [], serverId: server } }), [all, server]), !all);
  if (!all || !data) return null;
  return (
    <>
      <WatchTiles times={data.watchTime} filter={all.filter} name={title} />
      <div className={profile.grid}>
        <Recent filter={all.filter} />
        <Viewers viewers={data.userStatistics} filter={all.filter} />
      </div>
    </>
  );
}
