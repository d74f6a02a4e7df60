//! Delivers the outbox until central has signed for every item.
//!
//! In scope: the plan, backoff, the worker, the uplink trait and its HTTP implementer.
//! Not here: what is in the outbox (`store`), what central answers (`protocol::wire`).
