//! Fills a database with a made-up history of any size, past the service: in bulk, without indexes, which come back afterwards.

use super::world;
use tautulli_domain::media::ItemSnapshot;
use tokio_postgres::{Client, types::ToSql};

/// Plays in one statement; a multiple of seven, so that no group is cut.
const CHUNK: i64 = 245_000;
/// The history ends here; questions about the last thirty days are asked as of now, so it is now.
const YEARS_AGO: &str = "SELECT (date_trunc('day', now()) - interval '3650 days')::text";

/// Fills an empty database with so many plays of ten years.
pub async fn fill(db: &Client, plays: i64) {
    db.batch_execute(
        "SET session_replication_role = replica; SET synchronous_commit = off; SET work_mem = '64MB'",
    )
    .await
    .unwrap();
    names(db).await;
    items(db).await;
    shapes(db).await;
    let indexes = set_aside(db).await;
    let from: String = db.query_one(YEARS_AGO, &[]).await.unwrap().get(0);
    let (play, group) = (db.prepare(include_str!("plays.sql")).await.unwrap(), include_str!("groups.sql"));
    for first in (1..=plays).step_by(usize::try_from(CHUNK).unwrap()) {
        let last = (first + CHUNK - 1).min(plays);
        db.execute(&play, &[&first, &last, &plays, &from]).await.unwrap();
        db.execute(group, &[&first, &last]).await.unwrap();
        eprintln!("{last} plays are written");
    }
    for index in indexes {
        db.batch_execute(&index).await.unwrap();
    }
    db.batch_execute("SELECT setval(pg_get_serial_sequence('plays', 'id'), (SELECT max(id) FROM plays))")
        .await
        .unwrap();
}

/// Lets PostgreSQL know what it has, as it does by itself in time.
pub async fn settle(db: &Client) {
    db.batch_execute("VACUUM ANALYZE").await.unwrap();
}

async fn names(db: &Client) {
    db.batch_execute(
        "INSERT INTO servers (id, name, machine_id, url, token, is_default, created_at, updated_at)
             VALUES (1, 'Server', 'bench', 'http://127.0.0.1:9', 'token', true, now(), now());
         INSERT INTO libraries (id, server_id, section_id, name, kind, updated_at)
             VALUES (1, 1, 1, 'Movies', 'movie', now()), (2, 1, 2, 'Shows', 'show', now()), (3, 1, 3, 'Music', 'artist', now());
         CREATE FUNCTION pg_temp.draw(bigint, integer) RETURNS double precision LANGUAGE sql IMMUTABLE
             RETURN (hashint8extended($1, $2) & 2147483647)::double precision / 2147483648",
    )
    .await
    .unwrap();
    let people = "INSERT INTO users (id, server_id, account_id, username, title, updated_at)
        SELECT n + 1, 1, 1000 + n, 'person' || n, 'Person ' || n, now() FROM generate_series(0, $1::bigint - 1) n";
    db.execute(people, &[&world::USERS]).await.unwrap();
    db.batch_execute("CREATE TEMP TABLE bench_users AS SELECT id, id - 1 AS number FROM users")
        .await
        .unwrap();
}

async fn items(db: &Client) {
    db.batch_execute(
        "CREATE TEMP TABLE bench_items (kind text, number bigint, item_id bigint, snapshot_id bigint, library_id bigint,
             duration_ms bigint)",
    )
    .await
    .unwrap();
    let statement = "WITH s AS (
            INSERT INTO item_snapshots (id, server_id, digest, kind, guid, rating_key, parent_rating_key,
                grandparent_rating_key, section_id, title, parent_title, grandparent_title, full_title, year, detail, detail_version)
            VALUES ($1, 1, sha256($2::text::bytea), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::jsonb, 1)
        ), i AS (
            INSERT INTO items (id, server_id, guid, kind, rating_key, snapshot_id, updated_at)
            VALUES ($1, 1, $4, $3, $5, $1, now())
        )
        INSERT INTO bench_items VALUES ($3, $15, $1, $1, $8, $16)";
    let statement = db.prepare(statement).await.unwrap();
    let mut numbers = std::collections::BTreeMap::new();
    db.batch_execute("BEGIN").await.unwrap();
    for (id, item) in (1_i64..).zip(world::items()) {
        let number = numbers.entry(item.kind.name()).or_insert(0_i64);
        insert(db, &statement, id, *number, &item).await;
        *number += 1;
    }
    db.batch_execute(
        "COMMIT; ANALYZE bench_items;
         SELECT setval(pg_get_serial_sequence('items', 'id'), (SELECT max(id) FROM items));
         SELECT setval(pg_get_serial_sequence('item_snapshots', 'id'), (SELECT max(id) FROM item_snapshots))",
    )
    .await
    .unwrap();
}

async fn insert(
    db: &Client,
    statement: &tokio_postgres::Statement,
    id: i64,
    number: i64,
    item: &ItemSnapshot,
) {
    let detail = serde_json::to_string(item).unwrap();
    let (kind, full_title) = (item.kind.name(), item.full_title());
    let values: [&(dyn ToSql + Sync); 16] = [
        &id,
        &detail,
        &kind,
        &item.guid,
        &item.rating_key,
        &item.parent_rating_key,
        &item.grandparent_rating_key,
        &item.section_id,
        &item.title,
        &item.parent_title,
        &item.grandparent_title,
        &full_title,
        &item.year,
        &detail,
        &number,
        &item.duration_ms,
    ];
    db.execute(statement, &values).await.unwrap();
}

async fn shapes(db: &Client) {
    db.batch_execute(
        "CREATE TEMP TABLE bench_shapes (number bigint, decision text, platform text, product text, player text,
             machine_id text, address text, location text, player_detail jsonb, stream_id bigint)",
    )
    .await
    .unwrap();
    let statement = "INSERT INTO bench_shapes VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, (SELECT id FROM stream_details WHERE digest = md5($10)::uuid))";
    for number in 0..world::SHAPES {
        let shape = world::shape(number);
        let player = &shape.player;
        let details = [serde_json::to_string(player).unwrap(), serde_json::to_string(&shape.stream).unwrap()];
        let stream = "INSERT INTO stream_details (digest, version, detail) VALUES (md5($1)::uuid, 1, $1::text::jsonb) ON CONFLICT DO NOTHING";
        db.execute(stream, &[&details[1]]).await.unwrap();
        let (decision, location) = (shape.stream.decision().word(), player.location.name());
        let values: [&(dyn ToSql + Sync); 10] = [
            &number,
            &decision,
            &player.platform,
            &player.product,
            &player.title,
            &player.machine_id,
            &player.address,
            &location,
            &details[0],
            &details[1],
        ];
        db.execute(statement, &values).await.unwrap();
    }
}

/// Drops the indexes of the large tables; gives the statements that make them again.
async fn set_aside(db: &Client) -> Vec<String> {
    let found = "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
        FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
        WHERE i.indrelid IN ('plays'::regclass, 'play_groups'::regclass) AND c.oid IS NULL";
    let mut definitions = Vec::new();
    for row in db.query(found, &[]).await.unwrap() {
        db.batch_execute(&format!("DROP INDEX {}", row.get::<_, String>(0))).await.unwrap();
        definitions.push(row.get(1));
    }
    definitions
}
