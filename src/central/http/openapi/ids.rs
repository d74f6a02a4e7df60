//! Identifiers as they stand in addresses and JSON.

use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Object, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::central::uploads::UploadId;
use crate::digest::Digest;
use crate::form::{CellId, Code, Counts};
use crate::protocol::election::Mode;
use crate::protocol::ids::{Region, Seq, StationId};
use crate::protocol::tile::Tile;

fn text(about: &str, pattern: &str, example: &str) -> Object {
    let text = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).description(Some(about));
    text.pattern(Some(pattern)).examples([example]).build()
}

fn number(about: &str, least: u64) -> ObjectBuilder {
    let number = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer)).description(Some(about));
    number.minimum(Some(least))
}

/// Gives types their shapes, each under its own name.
macro_rules! shapes {
    ($($type:ty: $shape:expr;)+) => {
        $(
            impl PartialSchema for $type {
                fn schema() -> RefOr<Schema> {
                    RefOr::T(Schema::Object($shape))
                }
            }

            impl ToSchema for $type {}
        )+

        /// All of them: those that only stand in addresses are collected by nobody.
        pub(super) fn all() -> Vec<(String, RefOr<Schema>)> {
            vec![$((<$type>::name().into_owned(), <$type>::schema())),+]
        }
    };
}

shapes! {
    StationId: text(
        "A TPS: its kelurahan, a hyphen, three digits",
        r"^[1-9]\d\.\d{2}\.\d{2}\.\d{4}-(\d\d[1-9]|\d[1-9]0|[1-9]00)$",
        "35.74.03.1001-001",
    );
    Region: text("A region's code of the Kementerian Dalam Negeri", r"^[1-9]\d(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$", "35.74");
    Digest: text("SHA-256 in lower-case hexadecimal digits", "^[0-9a-f]{64}$", &Digest::of(b"").to_string());
    UploadId: text("Name of an upload", "^[0-9a-f]{32}$", "00000000000000000000000000000001");
    Tile: text(
        "The rest of a tile's address as C2SP tlog-tiles writes it",
        r"^([0-7]|entries)/(x(\d\d[1-9]|\d[1-9]0|[1-9]00)/(x\d{3}/)?)?\d{3}(\.p/([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$",
        "0/000.p/1",
    );
    Seq: number("Position in a station's chain", 1).maximum(Some(u64::MAX)).examples([1]).build();
    CellId: text("Id of a box of the form", r"^[a-z_]+(\.([LPJ]|\d+))?$", "users_total.J");
    Code: text("Code of a rule", r"^[A-Z]\d{3}$", "E101");
    Mode: ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some("Practice or polling day"))
        .enum_values(Some(["drill", "live"]))
        .build();
    Counts: ObjectBuilder::new()
        .description(Some("Every box of the form by its id"))
        .additional_properties(Some(number("As written", 0).maximum(Some(999))))
        .build();
}

/// A body of text or bytes with a format of its own; docs/format.md describes each.
pub(in crate::central) struct Text;

impl PartialSchema for Text {
    fn schema() -> RefOr<Schema> {
        RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).build()))
    }
}

impl ToSchema for Text {
    fn name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }
}
