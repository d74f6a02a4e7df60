//! One CSV file being written (RFC 4180, lines end in a newline alone so that digests are the same everywhere).

use super::TableError;

/// A table with its name; every row has as many fields as the head.
pub(crate) struct Table {
    name: &'static str,
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    pub(crate) fn new<T: AsRef<[u8]>>(
        name: &'static str,
        head: impl IntoIterator<Item = T>,
    ) -> Result<Self, TableError> {
        let mut table = Self { name, writer: csv::Writer::from_writer(Vec::new()) };
        table.row(head)?;
        Ok(table)
    }

    pub(crate) fn row<T: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = T>) -> Result<(), TableError> {
        self.writer.write_record(fields).map_err(|source| TableError { name: self.name, source })
    }

    pub(crate) fn finish(self) -> Result<(&'static str, Vec<u8>), TableError> {
        let name = self.name;
        let bytes = self.writer.into_inner().map_err(|error| TableError { name, source: error.into_error().into() })?;
        Ok((name, bytes))
    }
}

/// A text that people wrote, made harmless for spreadsheets, which run fields that begin like a formula.
pub(crate) fn written(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// A value, or nothing.
pub(crate) fn or_blank<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
