//! What `protocol` says over HTTP, as schemas.

use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, SchemaType,
    Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::digest::Digest;
use crate::protocol::chain::ChainHead;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::wire::{
    CarriedAnswer, Entries, EntriesAnswer, EntryAnswer, Health, Missing, Problem, ProblemKind, SERVICE, limits,
};

/// A reference to the schema of `T`.
pub(super) fn to<T: ToSchema>() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(T::name()))
}

pub(super) fn one(kind: Type, about: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(kind)).description(Some(about))
}

pub(super) fn size(about: &str) -> ObjectBuilder {
    one(Type::Integer, about).minimum(Some(0)).format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
}

pub(super) fn or_null<T: ToSchema>(about: &str) -> RefOr<Schema> {
    let null = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Null));
    RefOr::T(Schema::OneOf(OneOfBuilder::new().item(null).item(to::<T>()).description(Some(about)).build()))
}

/// Writes a schema, and names the types that it refers to.
macro_rules! answer {
    ($type:ty, $about:literal, [$($part:ty),*], $properties:expr) => {
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                let object: ObjectBuilder = ObjectBuilder::new().description(Some($about));
                RefOr::T(Schema::Object($properties(object).build()))
            }
        }

        impl ToSchema for $type {
            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $(
                    schemas.push((<$part>::name().into_owned(), <$part>::schema()));
                    <$part as ToSchema>::schemas(schemas);
                )*
                let _ = schemas;
            }
        }
    };
}

answer!(ChainHead, "The last entry of a station's chain", [Seq, Digest], |object: ObjectBuilder| {
    let object = object.property("seq", to::<Seq>()).required("seq");
    object.property("digest", to::<Digest>()).required("digest")
});

answer!(
    Missing,
    "What central holds of a station, and which photos it still lacks",
    [ChainHead, Digest],
    |object: ObjectBuilder| {
        let photos = ArrayBuilder::new().items(to::<Digest>());
        let photos = photos.description(Some("Named by accepted entries and not here, in the order of the entries"));
        let object = object.property("head", or_null::<ChainHead>("The last accepted entry")).required("head");
        let codings = ArrayBuilder::new().items(one(Type::String, "For the metadata of an upload"));
        let codings = codings.description(Some("In which photos are taken, beside their own bytes"));
        object.property("photos", photos).required("photos").property("codings", codings)
    }
);

answer!(
    CarriedAnswer,
    "Where a result stands that came without its chain",
    [StationId, Seq, Digest],
    |object: ObjectBuilder| {
        let standing =
            one(Type::String, "Provisional results are in no sum").enum_values(Some(["provisional", "accepted"]));
        let object = object.property("station", to::<StationId>()).required("station");
        let object = object.property("seq", to::<Seq>()).required("seq");
        let object = object.property("contest", one(Type::String, "Which form")).required("contest");
        let object = object.property("digest", to::<Digest>()).required("digest");
        object.property("standing", standing).required("standing")
    }
);

answer!(Entries, "Consecutive entries of one station", [Seq], |object: ObjectBuilder| {
    let notes = ArrayBuilder::new().items(one(Type::String, "A signed note of type plano/entry@1"));
    let notes = notes.min_items(Some(1)).max_items(Some(limits::ENTRIES_AT_ONCE));
    let object = object.property("first", to::<Seq>()).required("first");
    let object = object.property("entries", notes.description(Some("In the order of the chain"))).required("entries");
    object.additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
});

answer!(EntriesAnswer, "What came of several entries", [EntryAnswer, Missing], |object: ObjectBuilder| {
    let answers = ArrayBuilder::new().items(to::<EntryAnswer>()).description(Some("In the order of the entries"));
    let object = object.property("answers", answers).required("answers");
    object.property("missing", to::<Missing>())
});

answer!(EntryAnswer, "A receipt, or why there is none", [Problem], |object: ObjectBuilder| {
    let object = object.property("receipt", one(Type::String, "The receipt; the entry is durable"));
    object.property("problem", to::<Problem>())
});

answer!(Health, "Who answers, and what it takes", [Digest], |object: ObjectBuilder| {
    let service = one(Type::String, "A captive portal does not say that").enum_values(Some([SERVICE]));
    let object = object.property("service", service).required("service");
    let object = object.property("election", to::<Digest>()).required("election");
    let object = object.property("origin", one(Type::String, "Name of the log")).required("origin");
    let object = object.property("log_size", size("Leaves of the log")).required("log_size");
    let object = object.property("entry_bytes", size("The largest entry")).required("entry_bytes");
    object.property("photo_bytes", size("The largest photo")).required("photo_bytes")
});

answer!(ProblemKind, "The stable kinds of problems", [], |object: ObjectBuilder| {
    object.schema_type(SchemaType::Type(Type::String)).enum_values(Some(ProblemKind::ALL.map(ProblemKind::uri)))
});

answer!(Problem, "An error (RFC 9457)", [ProblemKind, ChainHead], |object: ObjectBuilder| {
    let object = object.property("type", to::<ProblemKind>()).required("type");
    let object = object.property("title", one(Type::String, "Of the kind")).required("title");
    let status = one(Type::Integer, "The HTTP status once more").minimum(Some(400)).maximum(Some(599));
    let object = object.property("status", status).required("status");
    let object = object.property("detail", one(Type::String, "What happened here and what to do")).required("detail");
    object.property("head", to::<ChainHead>())
});
