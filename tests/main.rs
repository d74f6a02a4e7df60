//! All tests that look at Plano from outside, in one binary: each file below is listed here, and a test checks that.

mod form;
mod paper;
mod support;
