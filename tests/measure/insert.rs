//! The rows of a ledger inserted once more by SQLite alone: no checks, no log, no receipts, but the same disk.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::table::timed;

/// Tables without triggers, and their columns, in the order in which the ledger got its rows.
const TABLES: [(&str, &str, usize); 4] = [
    (
        "entry",
        "id INTEGER PRIMARY KEY, station TEXT, seq INTEGER, prev BLOB, digest BLOB, note BLOB, UNIQUE (station, seq)",
        6,
    ),
    ("leaf", "idx INTEGER PRIMARY KEY, station TEXT, kind TEXT, digest BLOB, bytes BLOB", 5),
    ("node", "place INTEGER PRIMARY KEY, hash BLOB", 2),
    ("checkpoint", "size INTEGER PRIMARY KEY, note BLOB", 2),
];

type Row = Vec<Value>;

/// Inserts the rows of `ledger` into a new file at `into`, synced as often as central synced them. How long it took, and
/// how many times it synced.
pub fn again(ledger: &Path, into: &Path) -> (Duration, usize) {
    let from = Connection::open(ledger).expect("the ledger");
    let [entries, leaves, nodes, checkpoints] = TABLES.map(|(table, _, columns)| rows(&from, table, columns));
    let database = Connection::open(into).expect("creates");
    database.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").expect("sets");
    for (table, columns, _) in TABLES {
        database.execute_batch(&format!("CREATE TABLE {table} ({columns})")).expect("creates");
    }
    let sizes: Vec<usize> = sizes(&from);
    let ((), time) = timed(|| {
        let (mut entry, mut node, mut before) = (entries.iter(), nodes.iter(), 0);
        for (size, checkpoint) in sizes.iter().zip(&checkpoints) {
            let transaction = database.unchecked_transaction().expect("begins");
            insert(&transaction, 0, entry.by_ref().take(size - before));
            insert(&transaction, 1, leaves[before..*size].iter());
            // A log of n leaves has 2n − (ones in n) complete subtrees.
            insert(&transaction, 2, node.by_ref().take(subtrees(*size) - subtrees(before)));
            insert(&transaction, 3, std::iter::once(checkpoint));
            transaction.commit().expect("commits");
            before = *size;
        }
    });
    (time, sizes.len())
}

fn subtrees(size: usize) -> usize {
    2 * size - size.count_ones() as usize
}

fn sizes(from: &Connection) -> Vec<usize> {
    let mut statement = from.prepare("SELECT size FROM checkpoint").expect("a query");
    let sizes = statement.query_map([], |row| row.get::<_, i64>(0)).expect("rows");
    sizes.map(|size| usize::try_from(size.expect("a number")).expect("not negative")).collect()
}

fn rows(from: &Connection, table: &str, columns: usize) -> Vec<Row> {
    let mut statement = from.prepare(&format!("SELECT * FROM {table}")).expect("a query");
    let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect()).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

fn insert<'a>(database: &Connection, table: usize, rows: impl Iterator<Item = &'a Row>) {
    let (table, _, columns) = TABLES[table];
    let places = vec!["?"; columns].join(", ");
    let mut statement =
        database.prepare_cached(&format!("INSERT INTO {table} VALUES ({places})")).expect("a statement");
    for row in rows {
        statement.execute(params_from_iter(row)).expect("inserts");
    }
}
