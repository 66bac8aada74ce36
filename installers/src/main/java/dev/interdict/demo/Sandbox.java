package dev.interdict.demo;

import dev.interdict.demo.stage.Children;
import dev.interdict.demo.workstation.Manifest;
import dev.interdict.demo.workstation.Workstation;

/// The workstation with what runs on it.
///
/// @param banned a process of the banned program
/// @param lookalike a process of a user's own script of the same name
/// @param before everything that must stay, as it was
/// @param device the id under which it enrolled
record Sandbox(
    Workstation workstation,
    Children.Child banned,
    Children.Child lookalike,
    Manifest before,
    String device) {}
