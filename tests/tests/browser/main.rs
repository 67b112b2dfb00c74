//! The window in a browser, on the desk inside itself and inside a shell that a test plays.

mod audit;
mod bulk;
mod conversations;
mod devices;
mod factor;
mod first;
mod frame;
mod gallery;
mod gate;
mod grid;
mod hands;
mod hostile_texts;
mod journey;
mod letters;
mod looks;
mod moments;
mod orders;
mod outbox;
mod palette;
mod report;
mod settings;
mod shell;
mod staff;
mod steps;
mod triage;
mod views;
