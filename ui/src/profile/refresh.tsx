import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TypedDocumentNode } from 'urql';
import { useIsAdmin, useServers } from '../account/use-account';
import { client, codeOf } from '../live/client';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import { useFormat } from '../strings/format';
import classes from './table.module.css';

type Told = { count?: number | null; problem?: { message: string } | null };
type Props<Data> = { document: TypedDocumentNode<Data, { serverId: string }>; told: (data: Data) => Told; onDone: () => void };

/** Reads users or libraries anew from every server; for administrators. */
export function Refresh<Data>({ document, told, onDone }: Props<Data>) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const servers = useServers();
  const isAdmin = useIsAdmin();
  const [busy, setBusy] = useState(false);
  if (!isAdmin || servers.length === 0) return null;
  const refresh = async () => {
    setBusy(true);
    for (const { id, name } of servers) {
      const { data, error } = await client.mutation(document, { serverId: id }).toPromise();
      const answer = data && told(data);
      const problem = answer ? answer.problem?.message : explain(codeOf(error));
      notify(problem ? `${name}: ${problem}` : t('people.refreshed', { name, count: answer?.count ?? 0, number: format.number(answer?.count ?? 0) }), problem ? 'bad' : 'plain');
    }
    setBusy(false);
    onDone();
  };
  return (
    <Button variant="subtle" size="sm" radius="xl" className={classes.tool} loading={busy} leftSection={<IconRefresh size={17} stroke={1.7} aria-hidden />} onClick={() => void refresh()}>
      <span className={classes.word}>{t('people.refresh')}</span>
    </Button>
  );
}
