//! The recapitulation, as schemas.

use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Object, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::answers::{one, or_null, size, to};
use crate::clock::Timestamp;
use crate::digest::Digest;
use crate::form::{CellId, Check, Code, Counts, Percent, Sums};
use crate::protocol::election::Mode;
use crate::protocol::ids::{Level, Region, StationId};
use crate::protocol::recap::{
    AsOf, Below, BelowContest, ContestPage, FormPage, Pair, RegionPage, Reported, Share, TpsPage, Turnout,
};

type Shape = RefOr<Schema>;

fn text(about: &str) -> Shape {
    one(Type::String, about).into()
}

fn number(about: &str) -> Shape {
    size(about).into()
}

fn flag(about: &str) -> Shape {
    one(Type::Boolean, about).into()
}

fn each<T: ToSchema>(about: &str) -> Shape {
    ArrayBuilder::new().items(to::<T>()).description(Some(about)).into()
}

/// Every field of `fields`, none of them optional.
fn object(about: &str, fields: Vec<(&str, Shape)>) -> Object {
    let object = ObjectBuilder::new().description(Some(about));
    let with = |object: ObjectBuilder, (name, shape): (&str, Shape)| object.property(name, shape).required(name);
    fields.into_iter().fold(object, with).build()
}

fn reported() -> Vec<(&'static str, Shape)> {
    vec![
        ("contest", text("Which contest")),
        ("reported", number("TPS with a result in force")),
        ("photos_complete", number("Of these, TPS with a photo of every page that has come whole")),
        ("with_findings", number("Of these, TPS whose figures break an E or W rule")),
        ("without_figures", number("Of these, TPS whose result does not have the boxes of the form")),
        ("irregular", number("Of these, TPS whose result was sealed against the rules of recording")),
    ]
}

fn share() -> Vec<(&'static str, Shape)> {
    vec![
        ("entry", to::<Digest>()),
        ("revision", number("1, and one more for each correction")),
        ("boxes", or_null::<Counts>("None when the boxes are not those of the form")),
        ("findings", each::<Code>("E and W rules that the figures break")),
        ("irregular", flag("Sealed against the rules of recording")),
        ("photos_complete", flag("Every page has a photo that has come whole")),
    ]
}

fn place() -> Vec<(&'static str, Shape)> {
    vec![
        ("region", to::<Region>()),
        ("name", text("Its name")),
        ("stations", number("TPS in it")),
        ("diverged", number("TPS of which entries of a second history are kept")),
    ]
}

/// Gives types their shapes, and names the types that they refer to.
macro_rules! shapes {
    ($($type:ty: [$($part:ty),*], $shape:expr;)+) => {
        $(
            impl PartialSchema for $type {
                fn schema() -> RefOr<Schema> {
                    RefOr::T(Schema::Object($shape))
                }
            }

            impl ToSchema for $type {
                fn schemas(_schemas: &mut Vec<(String, RefOr<Schema>)>) {
                    $(
                        _schemas.push((<$part as ToSchema>::name().into_owned(), <$part>::schema()));
                        <$part as ToSchema>::schemas(_schemas);
                    )*
                }
            }
        )+
    };
}

shapes! {
    Percent: [], one(Type::String, "A percentage with two decimals").pattern(Some(r"^\d+\.\d\d$")).examples(["66.67"]).build();
    Timestamp: [], one(Type::String, "A moment (RFC 3339), UTC to the millisecond")
        .pattern(Some(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")).build();
    Level: [], one(Type::String, "A tier above the TPS").enum_values(Some(Level::ALL.map(Level::name))).build();
    Sums: [], ObjectBuilder::new().description(Some("Every box of the form by its id, summed"))
        .additional_properties(Some(size("As written"))).build();
    AsOf: [Timestamp], object("How far the log had come", vec![
        ("log_size", number("Leaves of the log")), ("at", to::<Timestamp>()),
    ]);
    Turnout: [Percent], object("Participation", vec![
        ("voters", number("Voters who came")), ("dpt", number("Voters on the fixed list")),
        ("percent", or_null::<Percent>("The first of the second; none of nothing")),
    ]);
    Pair: [Percent], object("A pair and its votes", vec![
        ("number", one(Type::Integer, "From 1").minimum(Some(1)).into()), ("name", text("As in the election file")),
        ("votes", number("Sum of its votes")), ("percent", to::<Percent>()),
    ]);
    Check: [CellId, Code], object("A sum as written beside its parts", vec![
        ("rule", to::<Code>()),
        ("column", ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("For rules that are evaluated for L, P and J")).into()),
        ("whole", to::<CellId>()), ("written", number("In the box, summed")), ("computed", number("What its parts come to")),
    ]);
    Reported: [], object("How far a contest has come", reported());
    Share: [Digest, Code, Counts], object("The result in force of one contest at one TPS", share());
    ContestPage: [Turnout, Pair, Sums, Check], object("Sums of one contest", [reported(), vec![
        ("turnout", to::<Turnout>()), ("pairs", each::<Pair>("Number 1 first")), ("boxes", to::<Sums>()),
        ("checks", each::<Check>("One for every equation of the form")),
        ("findings", ObjectBuilder::new().description(Some("TPS that break each E or W rule"))
            .additional_properties(Some(size("TPS"))).into()),
    ]].concat());
    BelowContest: [], object("One contest in a region below", [reported(), vec![
        ("votes", ArrayBuilder::new().items(size("Votes")).description(Some("Of each pair, number 1 first")).into()),
    ]].concat());
    Below: [BelowContest], object("A region one tier below", [place(), vec![
        ("contests", each::<BelowContest>("In the election's order")),
    ]].concat());
    FormPage: [Share], object("The result in force of one contest at one TPS", [vec![
        ("contest", text("Which contest")),
    ], share()].concat());
    TpsPage: [StationId, FormPage], object("One TPS", vec![
        ("station", to::<StationId>()), ("diverged", flag("Whether entries of a second history are kept")),
        ("forms", each::<FormPage>("Its results in force; none before it has reported")),
    ]);
    RegionPage: [Digest, Mode, Region, Level, AsOf, ContestPage, Below, TpsPage], object("A region, added up", [place(), vec![
        ("type", one(Type::String, "Name and version of this shape").enum_values(Some([RegionPage::KIND])).into()),
        ("election", to::<Digest>()), ("mode", to::<Mode>()), ("level", to::<Level>()),
        ("as_of", or_null::<AsOf>("None while the log is empty")),
        ("contests", each::<ContestPage>("In the election's order")),
        ("below", each::<Below>("One tier below; empty for a kelurahan")),
        ("tps", each::<TpsPage>("Of a kelurahan; empty for all others")),
    ]].concat());
}
