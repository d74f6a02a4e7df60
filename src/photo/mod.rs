//! A photograph of a page: what it is, how good it is, and the folder that keeps it.
//!
//! In scope: kind and limits, orientation, quality findings, preview, the content-addressed folder.
//! Not here: which page and form a photo belongs to (`recorder`), reading digits (a person does that).
