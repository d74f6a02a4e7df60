//! All tests that look at Plano from outside, in one binary: each file below is listed here, and a test checks that.

mod support;

mod architecture;
mod dependencies;
mod election;
mod form;
mod formats;
mod paper;
mod photo;
mod photo_folder;
mod photo_memory;
mod two_person;
