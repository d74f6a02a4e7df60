//! Central is killed at any moment; nothing that was receipted is lost.
